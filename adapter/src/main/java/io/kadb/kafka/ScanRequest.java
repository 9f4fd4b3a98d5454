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
 * @param holdingMessages partitions that are known to hold messages in their ranges: a segment of
 *     one does not give up at the deadline before the brokers had {@link ScanLimits#firstAnswer} to
 *     answer
 */
public record ScanRequest(
    ClientProperties client,
    String topic,
    List<List<PartitionRange>> segments,
    ScanLimits limits,
    Set<Integer> holdingMessages) {
  /** So few messages hardly fill what brokers send at once. */
  private static final long FEW = 64;

  /** Creates a request that knows of no messages. */
  public ScanRequest(
      ClientProperties client,
      String topic,
      List<List<PartitionRange>> segments,
      ScanLimits limits) {
    this(client, topic, segments, limits, Set.of());
  }

  /** Checks that no partition occurs twice. */
  public ScanRequest {
    holdingMessages = Set.copyOf(holdingMessages);
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

  /** Returns the properties of consumers that suit the ranges. */
  ClientProperties consumer() {
    long left = FEW;
    for (List<PartitionRange> segment : segments) {
      for (PartitionRange range : segment) {
        if (!range.range().bounded()) {
          return client;
        }
        left = Math.max(-1, left - (range.range().end() - range.range().start()));
      }
    }
    return left < 0 ? ClientSettings.forWhatIsThere(client) : ClientSettings.forFewMessages(client);
  }
}
