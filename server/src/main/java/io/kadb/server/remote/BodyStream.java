package io.kadb.server.remote;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Takes the message of an answer as it is written. Bytes that are complete already stay put. */
final class BodyStream extends ByteArrayOutputStream {
  /** Fewer bytes are copied: one more part costs more than that. */
  static final int LEAST_SHARED = 16 * 1024;

  private static final int FIRST_SIZE = 512;

  private final List<ByteBuffer> parts = new ArrayList<>();

  BodyStream() {
    super(FIRST_SIZE);
  }

  /** Adds bytes that do not change any more. */
  void add(byte[] bytes, int length) {
    if (length < LEAST_SHARED) {
      write(bytes, 0, length);
      return;
    }
    cut();
    parts.add(ByteBuffer.wrap(bytes, 0, length));
  }

  private void cut() {
    if (count > 0) {
      parts.add(ByteBuffer.wrap(buf, 0, count));
      buf = new byte[FIRST_SIZE];
      count = 0;
    }
  }

  /** Returns what was written; nothing follows. */
  AnswerBody body() {
    cut();
    return new AnswerBody(parts);
  }
}
