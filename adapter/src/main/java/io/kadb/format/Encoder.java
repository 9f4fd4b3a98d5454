package io.kadb.format;

import org.jspecify.annotations.Nullable;

/** Makes the value, or the key, of a message from one row. Used by one thread at a time. */
@FunctionalInterface
public interface Encoder {
  /**
   * Encodes a row.
   *
   * @param texts the columns' values in declared order, each as the output of its type prints it;
   *     null for NULL
   * @return the bytes; null for a message without value, or without key
   */
  byte @Nullable [] encode(@Nullable String[] texts);
}
