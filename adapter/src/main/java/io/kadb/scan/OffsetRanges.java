package io.kadb.scan;

import io.kadb.message.OffsetRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A set of offsets in one partition, as ranges in ascending order that neither overlap nor touch.
 *
 * @param ranges the ranges, none of them empty
 */
public record OffsetRanges(List<OffsetRange> ranges) {
  /** Every offset. */
  public static final OffsetRanges ALL = new OffsetRanges(List.of(OffsetRange.from(0)));

  /** No offset. */
  public static final OffsetRanges NONE = new OffsetRanges(List.of());

  /** Checks the order. */
  public OffsetRanges {
    ranges = List.copyOf(ranges);
    long last = -1;
    for (OffsetRange range : ranges) {
      if (range.isEmpty() || range.start() <= last) {
        throw new IllegalArgumentException("not apart and ascending: " + ranges);
      }
      last = range.end();
    }
  }

  /** Returns the offsets from one on. */
  public static OffsetRanges from(long start) {
    return of(start, Long.MAX_VALUE);
  }

  /** Returns the offsets before one. */
  public static OffsetRanges before(long end) {
    return of(0, end);
  }

  /** Returns the offsets of a range whose bounds may be any numbers, in any order. */
  public static OffsetRanges of(long start, long end) {
    long first = Math.max(0, start);
    return end <= first ? NONE : new OffsetRanges(List.of(new OffsetRange(first, end)));
  }

  /** Returns the offsets that are in at least one of several sets. */
  public static OffsetRanges union(Stream<OffsetRanges> sets) {
    List<OffsetRange> sorted =
        sets.flatMap(set -> set.ranges.stream())
            .sorted(Comparator.comparingLong(OffsetRange::start))
            .toList();
    List<OffsetRange> merged = new ArrayList<>();
    for (OffsetRange next : sorted) {
      int last = merged.size() - 1;
      if (last >= 0 && next.start() <= merged.get(last).end()) {
        OffsetRange former = merged.get(last);
        merged.set(last, new OffsetRange(former.start(), Math.max(former.end(), next.end())));
      } else {
        merged.add(next);
      }
    }
    return new OffsetRanges(merged);
  }

  /** Returns the offsets that are in this set and in another. */
  public OffsetRanges intersect(OffsetRanges other) {
    List<OffsetRange> common = new ArrayList<>();
    int mine = 0;
    int others = 0;
    while (mine < ranges.size() && others < other.ranges.size()) {
      OffsetRange a = ranges.get(mine);
      OffsetRange b = other.ranges.get(others);
      long start = Math.max(a.start(), b.start());
      long end = Math.min(a.end(), b.end());
      if (start < end) {
        common.add(new OffsetRange(start, end));
      }
      if (a.end() <= b.end()) {
        mine++;
      } else {
        others++;
      }
    }
    return new OffsetRanges(common);
  }

  /** Returns whether there is no offset in the set. */
  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  boolean contains(long offset) {
    return ranges.stream().anyMatch(r -> r.start() <= offset && offset < r.end());
  }

  /**
   * Returns the smallest part of a range that holds all offsets of the set which are in the range;
   * an empty one at its end if there are none.
   */
  public OffsetRange within(OffsetRange available) {
    List<OffsetRange> wanted = intersect(of(available.start(), available.end())).ranges();
    return wanted.isEmpty()
        ? new OffsetRange(available.end(), available.end())
        : new OffsetRange(wanted.get(0).start(), wanted.get(wanted.size() - 1).end());
  }

  @Override
  public String toString() {
    return ranges.stream().map(OffsetRange::toString).collect(Collectors.joining(" ", "{", "}"));
  }
}
