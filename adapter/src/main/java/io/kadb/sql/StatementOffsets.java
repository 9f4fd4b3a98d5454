package io.kadb.sql;

import io.kadb.store.OffsetChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The stored offsets as the functions of one statement see and change them. They go out from what
 * the transaction sees; what they change is kept here until the statement succeeds.
 */
final class StatementOffsets {
  private final Transaction transaction;
  private final Map<Long, SortedMap<Integer, Long>> before = new TreeMap<>();
  private final Map<Long, SortedMap<Integer, Long>> now = new TreeMap<>();

  StatementOffsets(Transaction transaction) {
    this.transaction = transaction;
  }

  /** Returns the offsets of a table by partition. */
  SortedMap<Integer, Long> of(long ftoid) {
    SortedMap<Integer, Long> changed = now.get(ftoid);
    return Collections.unmodifiableSortedMap(
        changed != null ? changed : before.computeIfAbsent(ftoid, transaction::offsets));
  }

  /** Gives a table other offsets. */
  void replace(long ftoid, SortedMap<Integer, Long> offsets) {
    of(ftoid);
    now.put(ftoid, new TreeMap<>(offsets));
  }

  /** Returns what became different; each change expects what was seen first. */
  List<OffsetChange> changes() {
    List<OffsetChange> changes = new ArrayList<>();
    now.forEach(
        (ftoid, offsets) -> {
          SortedMap<Integer, Long> seen = before.getOrDefault(ftoid, new TreeMap<>());
          TreeSet<Integer> partitions = new TreeSet<>(seen.keySet());
          partitions.addAll(offsets.keySet());
          for (int partition : partitions) {
            OptionalLong expected = optional(seen.get(partition));
            OptionalLong next = optional(offsets.get(partition));
            if (!expected.equals(next)) {
              changes.add(new OffsetChange(ftoid, partition, expected, next));
            }
          }
        });
    return changes;
  }

  private static OptionalLong optional(@Nullable Long offset) {
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
  }
}
