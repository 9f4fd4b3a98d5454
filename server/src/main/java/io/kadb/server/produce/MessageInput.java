package io.kadb.server.produce;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Messages one after the other out of a stream of bytes; they keep the bytes they have there. */
interface MessageInput {
  /**
   * A message.
   *
   * @param key the key, or null
   * @param value the value
   */
  record Read(byte @Nullable [] key, byte[] value) {}

  /**
   * Returns the next message, or null after the last.
   *
   * @throws MalformedInput if there is none to be found where one has to be
   */
  @Nullable Read next() throws IOException;

  /** Input that is not what it was said to be. */
  final class MalformedInput extends IOException {
    private static final long serialVersionUID = 1;

    MalformedInput(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
