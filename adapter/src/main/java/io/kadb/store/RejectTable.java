package io.kadb.store;

import io.kadb.message.RejectedMessage;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The messages that could not be turned into rows: the rows of {@code kadb.rejects}. */
public interface RejectTable {
  /** Adds messages of a foreign table, in the transaction if there is one. */
  void add(long ftoid, List<RejectedMessage> rejected);

  /** Returns all rows by number, each without key, value and headers of its message. */
  List<RejectRow> list();

  /**
   * Returns the rows of one foreign table by number, each without key, value and headers of its
   * message.
   */
  List<RejectRow> list(long ftoid);

  /** Returns for each foreign table that has rows how many, by OID. */
  SortedMap<Long, Long> counts();

  /** Returns a row with its whole message, if it is there. */
  Optional<RejectRow> read(long rejectId);

  /**
   * Removes rows.
   *
   * @param rejectIds the numbers of the rows
   * @throws io.kadb.error.KadbException OFFSETS_MOVED if one is not there any more: another session
   *     removed it
   */
  void remove(Collection<Long> rejectIds);
}
