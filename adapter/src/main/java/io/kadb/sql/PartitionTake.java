package io.kadb.sql;

/**
 * What was taken of one partition.
 *
 * @param rows the rows
 * @param bytes the bytes of the values of the messages they came from
 */
record PartitionTake(long rows, long bytes) {
  static final PartitionTake NOTHING = new PartitionTake(0, 0);

  PartitionTake plus(PartitionTake other) {
    return new PartitionTake(rows + other.rows, bytes + other.bytes);
  }

  /** Returns the larger of two takes of the same messages. */
  PartitionTake or(PartitionTake other) {
    return rows > other.rows || (rows == other.rows && bytes >= other.bytes) ? this : other;
  }
}
