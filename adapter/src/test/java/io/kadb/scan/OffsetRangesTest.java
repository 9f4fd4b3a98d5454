package io.kadb.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kadb.message.OffsetRange;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffsetRangesTest {
  private static final int OFFSETS = 12;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2; 5; {[2, 5)}",
        "-3; 5; {[0, 5)}",
        "5; 5; {}",
        "7; 5; {}",
        "-7; -5; {}",
        "9223372036854775807; 9223372036854775807; {}",
        "-9223372036854775808; 9223372036854775807; {[0, ∞)}",
      })
  void takesAnyNumbersForBounds(long start, long end, String text) {
    assertThat(OffsetRanges.of(start, end)).hasToString(text);
  }

  @Test
  void mergesRangesThatTouch() {
    assertThat(union(OffsetRanges.of(3, 5), OffsetRanges.of(1, 3), OffsetRanges.of(7, 8)))
        .hasToString("{[1, 5) [7, 8)}");
    assertThat(union(OffsetRanges.before(4), OffsetRanges.from(4))).isEqualTo(OffsetRanges.ALL);
    assertThat(union()).isEqualTo(OffsetRanges.NONE);
  }

  @Test
  void coversWhatIsAvailable() {
    OffsetRanges two = union(OffsetRanges.of(2, 4), OffsetRanges.of(8, 10));
    assertThat(two.within(new OffsetRange(0, 20))).isEqualTo(new OffsetRange(2, 10));
    assertThat(two.within(new OffsetRange(3, 9))).isEqualTo(new OffsetRange(3, 9));
    assertThat(two.within(new OffsetRange(5, 9))).isEqualTo(new OffsetRange(8, 9));
    assertThat(two.within(new OffsetRange(4, 8))).isEqualTo(new OffsetRange(8, 8));
    assertThat(two.within(new OffsetRange(3, 3))).isEqualTo(new OffsetRange(3, 3));
    assertThat(OffsetRanges.NONE.within(new OffsetRange(3, 9)).isEmpty()).isTrue();
  }

  @Test
  void refusesRangesOutOfOrder() {
    OffsetRange first = new OffsetRange(1, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OffsetRanges(List.of(first, new OffsetRange(3, 4))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OffsetRanges(List.of(new OffsetRange(4, 4))));
  }

  @Test
  void combinesAsSetsDo() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      Set<Integer> a = randomSet(random);
      Set<Integer> b = randomSet(random);
      Set<Integer> both = new TreeSet<>(a);
      both.retainAll(b);
      Set<Integer> either = new TreeSet<>(a);
      either.addAll(b);
      assertThat(offsets(ranges(a).intersect(ranges(b)))).isEqualTo(both);
      assertThat(offsets(union(ranges(a), ranges(b)))).isEqualTo(either);
    }
  }

  private static Set<Integer> randomSet(Random random) {
    Set<Integer> set = new TreeSet<>();
    IntStream.range(0, OFFSETS).filter(o -> random.nextBoolean()).forEach(set::add);
    return set;
  }

  private static OffsetRanges ranges(Set<Integer> offsets) {
    return OffsetRanges.union(offsets.stream().map(o -> OffsetRanges.of(o, o + 1)));
  }

  private static Set<Integer> offsets(OffsetRanges ranges) {
    Set<Integer> set = new TreeSet<>();
    IntStream.range(0, OFFSETS).filter(ranges::contains).forEach(set::add);
    return set;
  }

  private static OffsetRanges union(OffsetRanges... sets) {
    return OffsetRanges.union(Stream.of(sets));
  }
}
