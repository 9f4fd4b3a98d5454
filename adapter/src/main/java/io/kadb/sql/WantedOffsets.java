package io.kadb.sql;

import io.kadb.message.OffsetRange;
import io.kadb.scan.MessageCondition;
import io.kadb.scan.MessageCondition.Moments;
import io.kadb.scan.OffsetRanges;
import io.kadb.scan.PartitionPredicate.Parameters;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which offsets the scans of a statement want of a table. Where messages of a time stand is asked
 * once, when the statement begins, and only if a condition depends on it.
 */
final class WantedOffsets {
  /** The most moments asked for each way; more of them share the outermost one. */
  static final int MAX_MOMENTS = 8;

  private final Parameters parameters;
  private final Moments moments;

  private WantedOffsets(Parameters parameters, Moments moments) {
    this.parameters = parameters;
    this.moments = moments;
  }

  /** Says where messages of a time stand. */
  interface Questions {
    /** Returns the first offset of a message that is not older; none for a partition without. */
    SortedMap<Integer, Long> since(Collection<Integer> partitions, long millis);

    /** Returns offsets from which on no message is older, where that is known. */
    SortedMap<Integer, Long> noneOlderFrom(Map<Integer, OffsetRange> available, long millis);
  }

  /** Returns what conditions want whose moments are not known yet. */
  static WantedOffsets withoutMoments(Parameters parameters) {
    return new WantedOffsets(parameters, Moments.UNKNOWN);
  }

  /**
   * Asks for all that a condition depends on.
   *
   * @param all holds wherever one of the conditions holds that will be asked about
   * @param available the earliest and the end offset of each partition
   */
  static WantedOffsets of(
      MessageCondition all,
      Parameters parameters,
      Map<Integer, OffsetRange> available,
      Questions questions) {
    Noted noted = new Noted();
    available.forEach(
        (partition, range) -> {
          if (!all.ranges(partition, parameters, Moments.UNKNOWN).within(range).isEmpty()) {
            all.ranges(partition, parameters, noted);
          }
        });
    return new WantedOffsets(parameters, noted.ask(available, questions));
  }

  /** Returns whether a condition may hold for messages of a partition. */
  boolean any(MessageCondition condition, int partition) {
    return !condition.ranges(partition, parameters, moments).isEmpty();
  }

  /** Returns the part of a range in which a condition may hold. */
  OffsetRange within(OffsetRange available, MessageCondition condition, int partition) {
    return condition.ranges(partition, parameters, moments).within(available);
  }

  /** Notes the moments that a condition depends on, and for which partitions. */
  private static final class Noted implements Moments {
    private final NavigableSet<Long> since = new TreeSet<>();
    private final NavigableSet<Long> before = new TreeSet<>();
    private final Set<Integer> sincePartitions = new HashSet<>();
    private final Set<Integer> beforePartitions = new HashSet<>();

    @Override
    public OffsetRanges since(int partition, long millis) {
      // Before 1970 Kafka's question by time means something else.
      if (millis > 0) {
        since.add(millis);
        sincePartitions.add(partition);
      }
      return OffsetRanges.ALL;
    }

    @Override
    public OffsetRanges before(int partition, long millis) {
      before.add(millis);
      beforePartitions.add(partition);
      return OffsetRanges.ALL;
    }

    Moments ask(Map<Integer, OffsetRange> available, Questions questions) {
      if (since.isEmpty() && before.isEmpty()) {
        return UNKNOWN;
      }
      if (since.size() > MAX_MOMENTS) {
        since.retainAll(Set.of(since.first()));
      }
      if (before.size() > MAX_MOMENTS) {
        before.retainAll(Set.of(before.last()));
      }
      Known known = new Known(new TreeMap<>(), new TreeMap<>(), sincePartitions);
      since.forEach(millis -> known.since.put(millis, questions.since(sincePartitions, millis)));
      Map<Integer, OffsetRange> asked = new HashMap<>(available);
      asked.keySet().retainAll(beforePartitions);
      before.forEach(millis -> known.before.put(millis, questions.noneOlderFrom(asked, millis)));
      return known;
    }
  }

  /**
   * What was answered. In place of a moment that was not asked for stands the next one which leaves
   * out no more than it.
   */
  private record Known(
      NavigableMap<Long, SortedMap<Integer, Long>> since,
      NavigableMap<Long, SortedMap<Integer, Long>> before,
      Set<Integer> sincePartitions)
      implements Moments {
    @Override
    public OffsetRanges since(int partition, long millis) {
      Map.Entry<Long, SortedMap<Integer, Long>> answer = since.floorEntry(millis);
      if (answer == null || !sincePartitions.contains(partition)) {
        return OffsetRanges.ALL;
      }
      Long first = answer.getValue().get(partition);
      return first == null ? OffsetRanges.NONE : OffsetRanges.from(first);
    }

    @Override
    public OffsetRanges before(int partition, long millis) {
      Map.Entry<Long, SortedMap<Integer, Long>> answer = before.ceilingEntry(millis);
      Long end = answer == null ? null : answer.getValue().get(partition);
      return end == null ? OffsetRanges.ALL : OffsetRanges.before(end);
    }
  }
}
