package io.kadb.kafka;

import io.kadb.message.OffsetRange;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The offsets that can be read in partitions of one topic, as of one moment.
 *
 * @param ranges for each partition the range from the earliest offset there is to the end offset:
 *     the offset after the last message a reader of the client's isolation level can see
 */
public record Watermarks(Map<Integer, OffsetRange> ranges) {
  public Watermarks {
    ranges = Collections.unmodifiableMap(new TreeMap<>(ranges));
    if (!ranges.values().stream().allMatch(OffsetRange::bounded)) {
      throw new IllegalArgumentException("watermarks without an end: " + ranges);
    }
  }

  /**
   * Returns the range of one partition.
   *
   * @throws IllegalArgumentException if the partition was not asked for
   */
  public OffsetRange range(int partition) {
    OffsetRange range = ranges.get(partition);
    if (range == null) {
      throw new IllegalArgumentException("no watermarks of partition " + partition);
    }
    return range;
  }
}
