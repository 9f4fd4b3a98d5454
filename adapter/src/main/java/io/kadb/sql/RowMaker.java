package io.kadb.sql;

import io.kadb.message.Message;
import io.kadb.scan.RowBatchBuilder;
import org.jspecify.annotations.Nullable;

/** Makes of what a decoder gives the rows of a batch. Used by one segment's thread. */
interface RowMaker {
  /** Returns what collects the rows. */
  RowBatchBuilder batch();

  /**
   * Adds a row to the batch.
   *
   * @param decoded what the decoder gave
   * @param message the message it came from
   * @param number the row's number within the message, from 0
   */
  void add(@Nullable Object[] decoded, Message message, int number);

  /** Returns an estimate of the memory that rows of a message hold, in bytes. */
  long heldBytes(int valueBytes, int rows);
}
