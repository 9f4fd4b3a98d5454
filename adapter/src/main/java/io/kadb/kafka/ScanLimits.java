package io.kadb.kafka;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Where a scan ends although there is more to read, and how much memory it may hold.
 *
 * @param messagesPerSegment the most messages a segment takes, 1 or more; {@link Long#MAX_VALUE}
 *     for no limit
 * @param deadlineNanos the value of {@link System#nanoTime} at which segments stop reading; empty
 *     for none
 * @param noProgress how long a segment whose ranges all have an end may get nothing from the
 *     brokers before the scan fails, more than zero
 * @param bufferBytes the most bytes of batches, over all segments, that wait to be taken; a larger
 *     batch passes when nothing else waits
 * @param firstAnswer how long a segment whose partitions are known to hold messages waits for the
 *     first answer of the brokers, from the moment it begins to read, although its deadline is over
 */
public record ScanLimits(
    long messagesPerSegment,
    OptionalLong deadlineNanos,
    Duration noProgress,
    long bufferBytes,
    Duration firstAnswer) {
  /** Creates limits that leave no time beyond the deadline. */
  public ScanLimits(
      long messagesPerSegment, OptionalLong deadlineNanos, Duration noProgress, long bufferBytes) {
    this(messagesPerSegment, deadlineNanos, noProgress, bufferBytes, Duration.ZERO);
  }

  public ScanLimits {
    if (messagesPerSegment < 1 || bufferBytes < 1) {
      throw new IllegalArgumentException("limits below 1");
    }
    if (noProgress.isNegative() || noProgress.isZero()) {
      throw new IllegalArgumentException("no time for progress: " + noProgress);
    }
  }
}
