package io.kadb.format;

import io.kadb.message.Message;
import org.jspecify.annotations.Nullable;

/** What comes from another part of a message than its value; the same in every row of it. */
interface MessagePart {
  /**
   * Reads what the message holds.
   *
   * @throws io.kadb.error.KadbException if it is no value of its column; it names the column and
   *     the part
   */
  void read(Message message);

  /** Puts what was read into a row. */
  void fill(@Nullable Object[] row);
}
