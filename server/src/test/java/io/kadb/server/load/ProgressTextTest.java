package io.kadb.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTextTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void saysRatesOfTheLastSecondsAndTheTimeThatIsLeft() {
    Progress.Moment before = moment(10 * SECOND, 1_000_000, 100_000_000, 900_000, 0, 9_000);
    Progress.Moment now = moment(12 * SECOND, 1_250_000, 125_000_000, 1_200_000, 3, 50_000);
    assertThat(ProgressText.line(now, before))
        .isEqualTo(
            "1,250,000 rows, 125,000 rows/s, 12.5 MB/s, 3 rejected, lag 50,000, at the end in 1.0 s");
  }

  @Test
  void saysNothingOfALagThatNobodyKnows() {
    Progress.Moment start = moment(0, 0, 0, 0, 0, -1);
    assertThat(ProgressText.line(start, start)).isEqualTo("0 rows, 0 rows/s, 0.0 MB/s, 0 rejected");
  }

  @Test
  void doesNotGuessTheEndBeforeAnythingIsLoaded() {
    Progress.Moment start = moment(SECOND, 0, 0, 0, 0, 42);
    assertThat(ProgressText.line(start, start)).endsWith("lag 42");
  }

  @Test
  void sumsUpWithThePositionOfEachPartition() {
    assertThat(ProgressText.summary(moment(2 * SECOND, 1, 1_500_000, 1, 2, 0)))
        .containsExactly(
            "1 row loaded in 1 batch, 2.0 s (1 rows/s, 1.5 MB)",
            "2 messages rejected",
            "partition 0 at offset 17",
            "partition 3 at offset 4");
  }

  @ParameterizedTest
  @CsvSource({"0, 0.0 s", "59999, 60.0 s", "61000, 1:01 min", "3725000, 1:02:05 h"})
  void writesTimesAsPeopleReadThem(long millis, String text) {
    assertThat(ProgressText.duration(Duration.ofMillis(millis))).isEqualTo(text);
  }

  private static Progress.Moment moment(
      long nanos, long rows, long bytes, long messages, long rejects, long lag) {
    return new Progress.Moment(
        nanos,
        rows,
        bytes,
        messages,
        rejects,
        1,
        lag < 0 ? OptionalLong.empty() : OptionalLong.of(lag),
        new TreeMap<>(Map.of(3, 4L, 0, 17L)));
  }
}
