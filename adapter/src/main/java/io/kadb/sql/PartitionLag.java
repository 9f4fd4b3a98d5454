package io.kadb.sql;

import io.kadb.message.OffsetRange;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a foreign table is behind in one partition.
 *
 * @param stored the stored offset; empty if there is none
 * @param available the offsets the brokers have; empty if they did not say
 * @param unread the offsets that the next SELECTs would read; empty if they would not read the
 *     partition, or if it is not known
 * @param committed what the consumer group committed; empty if nothing
 * @param nextTimestamp the time of the first unread message in milliseconds since 1970; empty if
 *     there is no message
 */
record PartitionLag(
    OptionalLong stored,
    Optional<OffsetRange> available,
    Optional<OffsetRange> unread,
    OptionalLong committed,
    OptionalLong nextTimestamp) {
  static final PartitionLag UNKNOWN =
      new PartitionLag(
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          OptionalLong.empty());

  /** Returns what is known of a partition that brokers say nothing about. */
  static PartitionLag ofStored(long stored) {
    return new PartitionLag(
        OptionalLong.of(stored),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  /**
   * Returns the offsets that the next SELECTs would read.
   *
   * @param stored the stored offset; empty if there is none
   * @param initial the offset to start at where none is stored; empty if such a partition is not
   *     read
   * @param available the offsets the brokers have
   * @return empty if nothing can be read, because the start is past the end
   */
  static Optional<OffsetRange> unread(
      OptionalLong stored, OptionalLong initial, OffsetRange available) {
    OptionalLong start = stored.isPresent() ? stored : initial;
    return start.isEmpty() || start.getAsLong() > available.end()
        ? Optional.empty()
        : Optional.of(
            new OffsetRange(Math.max(start.getAsLong(), available.start()), available.end()));
  }
}
