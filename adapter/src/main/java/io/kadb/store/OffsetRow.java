package io.kadb.store;

/**
 * A row of {@code kadb.offsets}.
 *
 * @param ftoid the OID of the foreign table
 * @param partition the partition
 * @param offset the first offset not yet read
 */
public record OffsetRow(long ftoid, int partition, long offset) {}
