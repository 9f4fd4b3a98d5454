package io.kadb.server.offsets;

/**
 * Where a foreign table stands in a partition.
 *
 * @param table the table's name, as SQL writes it
 * @param partition the partition, not negative
 * @param offset the first offset not yet read, not negative
 */
record StoredOffset(String table, int partition, long offset) {
  @Override
  public String toString() {
    return table + "[" + partition + "]@" + offset;
  }
}
