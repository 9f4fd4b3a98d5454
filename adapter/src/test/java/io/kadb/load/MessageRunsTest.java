package io.kadb.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageRunsTest {
  private final MessageRuns runs = new MessageRuns();

  private String at(long line) {
    return runs.at(line).map(found -> found.partition() + "@" + found.offset()).orElse("-");
  }

  @Test
  void findsTheMessageOfALine() {
    runs.add(0, 10, 1);
    runs.add(0, 11, 1);
    runs.add(0, 12, 3);
    runs.add(0, 13, 3);
    runs.add(0, 20, 3);
    runs.add(1, 21, 3);

    assertThat(runs.count()).isEqualTo(4);
    assertThat(at(0)).isEqualTo("-");
    assertThat(at(1)).isEqualTo("0@10");
    assertThat(at(2)).isEqualTo("0@11");
    assertThat(at(3)).isEqualTo("0@12");
    assertThat(at(5)).isEqualTo("0@12");
    assertThat(at(6)).isEqualTo("0@13");
    assertThat(at(9)).isEqualTo("0@20");
    assertThat(at(12)).isEqualTo("1@21");
    assertThat(at(14)).isEqualTo("1@21");
    assertThat(at(15)).isEqualTo("-");
  }

  @Test
  void keepsMessagesThatFollowEachOtherAsOne() {
    for (int offset = 0; offset < 1_000_000; offset++) {
      runs.add(3, offset, 2);
    }

    assertThat(runs.count()).isEqualTo(1);
    assertThat(at(1_999_999)).isEqualTo("3@999999");
  }

  @Test
  void growsWithMessagesThatDoNotFollowEachOther() {
    for (int offset = 0; offset < 1000; offset++) {
      runs.add(offset % 2, offset, 1);
    }

    assertThat(runs.count()).isEqualTo(1000);
    assertThat(at(500)).isEqualTo("1@499");
  }

  @Test
  void forgetsWhatIsSettled() {
    runs.add(0, 10, 1);
    runs.add(0, 11, 1);
    runs.add(1, 5, 2);
    runs.forgetBefore(2);
    assertThat(at(2)).as("a run is kept as a whole").isEqualTo("0@11");

    runs.forgetBefore(3);
    assertThat(runs.count()).isEqualTo(1);
    assertThat(at(2)).isEqualTo("-");
    assertThat(at(4)).isEqualTo("1@5");

    runs.forgetBefore(5);
    assertThat(runs.count()).isZero();
    runs.add(0, 12, 1);
    assertThat(at(5)).isEqualTo("0@12");
  }
}
