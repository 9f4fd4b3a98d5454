package io.kadb.store;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/** The stored offsets: for each partition of each foreign table the first offset not yet read. */
public interface OffsetTable {
  /** Returns the stored offsets of a foreign table by partition. */
  SortedMap<Integer, Long> read(long ftoid);

  /** Returns all rows, by OID and partition. */
  List<OffsetRow> readAll();

  /**
   * Makes all the changes or none: for each the row now present must be the one expected.
   *
   * <p>Inside a transaction they become visible to others with its commit; if this fails, the
   * transaction stays usable.
   *
   * @param changes at most one for each partition of a table
   * @param lockWait how long to wait, at each lock another session holds
   * @throws io.kadb.error.KadbException OFFSETS_MOVED if a row is not as expected, or if another
   *     session is changing it and does not finish in time
   */
  void apply(List<OffsetChange> changes, Duration lockWait);
}
