package io.kadb.format;

import io.kadb.message.Message;

/**
 * Turns the value of a message into rows. A decoder is made for one scan and used by one thread at
 * a time; each segment has its own.
 */
public interface Decoder {
  /**
   * Decodes one message. Values of columns that are not wanted are not decoded.
   *
   * @param message the message, with a value, an empty value or none
   * @param rows takes the rows in their order (a row may show bytes of the decoder's, which stay as
   *     they are until it is taken: {@link RowShape}); if an exception is thrown, the rows given
   *     for this message so far do not count
   * @throws io.kadb.error.KadbException if the value does not follow the format or a field not its
   *     type; it names column and message
   */
  void decode(Message message, RowSink rows);
}
