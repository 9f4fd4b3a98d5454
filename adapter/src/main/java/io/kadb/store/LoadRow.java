package io.kadb.store;

import io.kadb.catalog.TableName;
import io.kadb.message.OffsetRange;
import java.time.Instant;

/**
 * A row of {@code kadb.loads}: what one INSERT … SELECT took from one partition.
 *
 * @param loadId the number of the INSERT; the store gives it
 * @param ftoid the OID of the foreign table
 * @param table the name the table had
 * @param target what the rows went into
 * @param partition the partition
 * @param range the offsets taken
 * @param counts how much it was
 * @param startedAt when the INSERT began
 * @param finishedAt when its last row was written
 * @param outcome how it ended
 */
public record LoadRow(
    long loadId,
    long ftoid,
    TableName table,
    String target,
    int partition,
    OffsetRange range,
    Counts counts,
    Instant startedAt,
    Instant finishedAt,
    String outcome) {
  /**
   * How much a partition gave.
   *
   * @param rows the rows that its messages gave
   * @param rejects the messages that could not be turned into rows
   * @param bytes the bytes of the messages' values
   */
  public record Counts(long rows, long rejects, long bytes) {}
}
