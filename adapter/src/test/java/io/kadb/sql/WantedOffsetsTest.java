package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.message.OffsetRange;
import io.kadb.scan.MessageCondition;
import io.kadb.scan.MessageCondition.Bound;
import io.kadb.scan.MessageCondition.Column;
import io.kadb.scan.MessageCondition.Comparison;
import io.kadb.scan.PartitionPredicate.Operator;
import io.kadb.scan.PartitionPredicate.Parameters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** In every partition the message at offset n is n seconds after 1970, up to its end. */
class WantedOffsetsTest {
  private static final Map<Integer, OffsetRange> AVAILABLE =
      Map.of(0, new OffsetRange(0, 100), 1, new OffsetRange(50, 60), 2, new OffsetRange(7, 7));

  private static final Parameters NO_PARAMETERS = index -> null;

  private final List<String> asked = new ArrayList<>();

  private final WantedOffsets.Questions questions =
      new WantedOffsets.Questions() {
        @Override
        public SortedMap<Integer, Long> since(Collection<Integer> partitions, long millis) {
          asked.add("since " + millis + " of " + new ArrayList<>(partitions));
          return first(partitions, millis);
        }

        @Override
        public SortedMap<Integer, Long> noneOlderFrom(
            Map<Integer, OffsetRange> available, long millis) {
          asked.add("before " + millis + " of " + available.keySet());
          return first(available.keySet(), millis);
        }

        private SortedMap<Integer, Long> first(Collection<Integer> partitions, long millis) {
          SortedMap<Integer, Long> first = new TreeMap<>();
          for (int partition : partitions) {
            OffsetRange range = AVAILABLE.get(partition);
            long offset = Math.max(range.start(), Math.floorDiv(millis + 999, 1000));
            if (offset < range.end()) {
              first.put(partition, offset);
            }
          }
          return first;
        }
      };

  private static MessageCondition compare(Column column, Operator operator, long number) {
    return new Comparison(column, operator, new Bound.Constant(number));
  }

  private static MessageCondition time(Operator operator, long millis) {
    return compare(Column.TIMESTAMP, operator, millis * 1000);
  }

  private String ranges(MessageCondition condition) {
    WantedOffsets wanted = WantedOffsets.of(condition, NO_PARAMETERS, AVAILABLE, questions);
    return new TreeMap<>(AVAILABLE)
        .entrySet().stream()
            .map(e -> wanted.within(e.getValue(), condition, e.getKey()))
            .filter(range -> !range.isEmpty())
            .toList()
            .toString();
  }

  @Test
  void asksNothingWithoutTimes() {
    assertThat(ranges(MessageCondition.ALL)).isEqualTo("[[0, 100), [50, 60)]");
    assertThat(ranges(compare(Column.OFFSET, Operator.AT_LEAST, 55)))
        .isEqualTo("[[55, 100), [55, 60)]");
    assertThat(ranges(MessageCondition.NONE)).isEqualTo("[]");
    assertThat(asked).isEmpty();
  }

  @Test
  void asksOnlyForPartitionsInWhichTimesMatter() {
    MessageCondition since = time(Operator.AT_LEAST, 52_000);
    assertThat(ranges(since)).isEqualTo("[[52, 100), [52, 60)]");
    assertThat(ranges(since.and(compare(Column.PARTITION, Operator.EQUAL, 1))))
        .isEqualTo("[[52, 60)]");
    assertThat(ranges(since.and(compare(Column.OFFSET, Operator.LESS, 50)))).isEqualTo("[]");
    assertThat(asked)
        .containsExactly("since 52000 of [0, 1]", "since 52000 of [1]", "since 52000 of [0]");
  }

  @Test
  void findsBothEnds() {
    assertThat(ranges(time(Operator.AT_LEAST, 20_000).and(time(Operator.AT_MOST, 55_000))))
        .isEqualTo("[[20, 56), [50, 56)]");
    assertThat(ranges(time(Operator.GREATER, 58_000).and(time(Operator.LESS, 55_000))))
        .isEqualTo("[]");
  }

  @Test
  void readsNothingWhereNoMessageIsNewEnough() {
    assertThat(ranges(time(Operator.GREATER, 70_000))).isEqualTo("[[71, 100)]");
  }

  @Test
  void doesNotAskWhatIsNewerThanTheBeginningOfTime() {
    assertThat(ranges(time(Operator.AT_LEAST, 0))).isEqualTo("[[0, 100), [50, 60)]");
    assertThat(ranges(time(Operator.GREATER, -5000))).isEqualTo("[[0, 100), [50, 60)]");
    assertThat(asked).isEmpty();
  }

  @Test
  void asksForFewMomentsHoweverManyThereAre() {
    List<MessageCondition> moments =
        LongStream.rangeClosed(20, 40).mapToObj(s -> time(Operator.EQUAL, s * 1000)).toList();
    assertThat(ranges(MessageCondition.anyOf(moments))).isEqualTo("[[20, 41)]");
    assertThat(asked).hasSize(2);
    assertThat(ranges(MessageCondition.anyOf(moments.subList(3, 3 + WantedOffsets.MAX_MOMENTS))))
        .isEqualTo("[[23, 31)]");
  }
}
