package io.kadb.store;

import java.util.List;

/** What was loaded from where: the rows of {@code kadb.loads}. */
public interface LoadHistory {
  /**
   * Adds the rows of one load under a new number, in the transaction if there is one.
   *
   * @param rows the rows; their own numbers do not matter
   * @return the number
   */
  long add(List<LoadRow> rows);

  /** Returns all rows, by load, OID and partition. */
  List<LoadRow> readAll();

  /** Returns the sums of all rows by table and target, made by the store. */
  List<LoadTotal> totals();
}
