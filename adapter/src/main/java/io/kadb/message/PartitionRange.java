package io.kadb.message;

/** A range of offsets in a certain partition. */
public record PartitionRange(int partition, OffsetRange range) {
  @Override
  public String toString() {
    return partition + range.toString();
  }
}
