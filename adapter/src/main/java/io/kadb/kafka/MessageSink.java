package io.kadb.kafka;

import io.kadb.message.Message;

/**
 * Makes batches of what messages give, on the segment's thread. One sink belongs to one segment.
 *
 * @param <B> what a batch is
 */
public interface MessageSink<B> {
  /**
   * Takes one message. An exception ends the scan; the message does not count as read, and leaves
   * nothing in the batch.
   *
   * @param message valid only during the call
   */
  void message(Message message);

  /** Returns whether the batch under way is full by rows or bytes and should be handed over. */
  boolean full();

  /** Returns whether nothing was taken since the last {@link #take}. */
  boolean isEmpty();

  /** Returns the memory the batch under way holds, in bytes, as a fair estimate. */
  long bytes();

  /** Returns the batch under way and begins a new one. */
  B take();
}
