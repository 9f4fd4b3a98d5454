package io.kadb.kafka;

import io.kadb.message.PartitionRange;
import io.kadb.option.ClientProperties;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one scan reads.
 *
 * @param client the properties of the reading clients
 * @param topic the topic
 * @param segments for each segment the ranges dealt to it, which may be none; a partition occurs
 *     once. A range without an end is read until the limits
 * @param limits where the scan ends otherwise
 */
public record ScanRequest(
    ClientProperties client, String topic, List<List<PartitionRange>> segments, ScanLimits limits) {
  public ScanRequest {
    segments = segments.stream().map(List::copyOf).toList();
    Set<Integer> seen = new HashSet<>();
    for (List<PartitionRange> segment : segments) {
      for (PartitionRange range : segment) {
        if (!seen.add(range.partition())) {
          throw new IllegalArgumentException("partition " + range.partition() + " occurs twice");
        }
      }
    }
  }
}
