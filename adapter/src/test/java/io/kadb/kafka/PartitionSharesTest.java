package io.kadb.kafka;

import static io.kadb.kafka.ScanRun.from;
import static io.kadb.kafka.ScanRun.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.kadb.message.PartitionRange;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionSharesTest {
  private static PartitionShares shares(long limit, PartitionRange... ranges) {
    return new PartitionShares("t", List.of(ranges), limit);
  }

  private static Map<Integer, Long> allowances(PartitionShares shares) {
    Map<Integer, Long> allowances = new TreeMap<>();
    shares.open().forEach(c -> allowances.put(c.partition().partition(), c.allowance()));
    return allowances;
  }

  private static PartitionCursor cursor(PartitionShares shares, int partition) {
    return shares.cursor(new TopicPartition("t", partition));
  }

  static Stream<Arguments> divisions() {
    return Stream.of(
        Arguments.of(9, new long[] {0, 0, 0}, Map.of(0, 3L, 1, 3L, 2, 3L)),
        Arguments.of(10, new long[] {0, 0, 0}, Map.of(0, 4L, 1, 3L, 2, 3L)),
        Arguments.of(10, new long[] {2, 1, 1}, Map.of(0, 3L, 1, 4L, 2, 3L)),
        Arguments.of(11, new long[] {2, 0, 0}, Map.of(0, 4L, 1, 3L, 2, 4L)),
        Arguments.of(1, new long[] {0, 0, 0}, Map.of(0, 1L, 1, 0L, 2, 0L)),
        Arguments.of(1, new long[] {1, 0, 0}, Map.of(0, 0L, 1, 1L, 2, 0L)),
        Arguments.of(2, new long[] {1, 1, 0}, Map.of(0, 1L, 1, 0L, 2, 1L)));
  }

  @ParameterizedTest
  @MethodSource("divisions")
  void dividesTheLimitExactlyBeginningWhereTheStartsPointTo(
      long limit, long[] starts, Map<Integer, Long> expected) {
    PartitionShares shares =
        shares(limit, from(0, starts[0]), from(1, starts[1]), from(2, starts[2]));

    assertThat(allowances(shares)).isEqualTo(expected);
    assertThat(expected.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(limit);
  }

  @Test
  void givesNothingToRangesThatAreEmpty() {
    PartitionShares shares = shares(10, range(0, 5, 5), range(1, 0, 5));

    assertThat(allowances(shares)).isEqualTo(Map.of(1, 10L));
    assertThat(shares.allDone()).isFalse();
    assertThat(shares(10, range(0, 5, 5)).allDone()).isTrue();
  }

  @Test
  void dividesWhatIsLeftAmongThoseThatUsedTheirShareUp() {
    PartitionShares shares = shares(90, from(0, 0), from(1, 0), from(2, 0));
    shares.took(cursor(shares, 0), 30);
    shares.took(cursor(shares, 1), 4);
    shares.took(cursor(shares, 2), 30);
    assertThat(shares.left()).isEqualTo(26);
    assertThat(shares.anyWaiting()).isTrue();
    assertThat(shares.reading()).containsExactly(cursor(shares, 1));

    shares.nextRound();

    assertThat(allowances(shares)).isEqualTo(Map.of(0, 13L, 1, 13L, 2, 13L));
    assertThat(shares.anyWaiting()).isFalse();
  }

  @Test
  void letsEverybodyReadWithoutALimit() {
    PartitionShares shares = shares(Long.MAX_VALUE, from(0, 7), from(1, 0));
    shares.took(cursor(shares, 0), 1_000_000);

    assertThat(shares.reading()).hasSize(2);
    assertThat(shares.anyWaiting()).isFalse();
    assertThat(shares.left()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void tellsEachMoveOnce() {
    PartitionShares shares = shares(Long.MAX_VALUE, range(0, 0, 9), range(1, 0, 9), from(2, 5));
    cursor(shares, 0).reach(4);
    cursor(shares, 1).reach(12);
    cursor(shares, 2).reach(5);

    assertThat(shares.takeMoved()).isEqualTo(Map.of(0, 4L, 1, 9L));
    assertThat(shares.takeMoved()).isEmpty();
    assertThat(cursor(shares, 1).done()).isTrue();
    shares.dropDone();
    assertThat(shares.open()).doesNotContain(cursor(shares, 1)).hasSize(2);
    assertThat(shares.allBounded()).isFalse();
  }

  @Test
  void knowsOnlyItsOwnPartitions() {
    PartitionShares shares = shares(1, from(0, 0));

    assertThatIllegalStateException().isThrownBy(() -> cursor(shares, 1));
  }
}
