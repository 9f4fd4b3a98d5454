package io.kadb.store;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.OptionalLong;

/**
 * A change of one stored offset, with the value it starts from.
 *
 * @param ftoid the OID of the foreign table
 * @param partition the partition
 * @param expected the offset that must be stored; empty if there must be no row
 * @param next the offset to store; empty to delete the row
 */
public record OffsetChange(long ftoid, int partition, OptionalLong expected, OptionalLong next) {
  /** The greatest OID there is. */
  static final long MAX_OID = 0xFFFF_FFFFL;

  public OffsetChange {
    if (ftoid < 0 || ftoid > MAX_OID) {
      throw new KadbException(ErrorCode.BAD_PARAMETER, "ftoid: found " + ftoid + ", wanted an OID");
    }
    // What is there already, whoever wrote it, may be deleted whatever it is.
    if (next.isPresent() && (partition < 0 || next.getAsLong() < 0)) {
      throw new KadbException(
          ErrorCode.BAD_PARAMETER,
          "found partition %s, offset %s; wanted numbers from 0 on"
              .formatted(partition, next.getAsLong()));
    }
  }

  /** Returns a change that stores an offset where there is no row. */
  public static OffsetChange insert(long ftoid, int partition, long next) {
    return new OffsetChange(ftoid, partition, OptionalLong.empty(), OptionalLong.of(next));
  }

  /** Returns a change from one offset to another, which may be the same. */
  public static OffsetChange move(long ftoid, int partition, long expected, long next) {
    return new OffsetChange(ftoid, partition, OptionalLong.of(expected), OptionalLong.of(next));
  }

  /** Returns a change that deletes a row. */
  public static OffsetChange delete(long ftoid, int partition, long expected) {
    return new OffsetChange(ftoid, partition, OptionalLong.of(expected), OptionalLong.empty());
  }
}
