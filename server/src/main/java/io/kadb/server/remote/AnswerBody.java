package io.kadb.server.remote;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The message of an answer, in parts that follow each other: large ones are where their bytes came
 * together and are not copied into one. Immutable.
 */
public final class AnswerBody {
  private final List<ByteBuffer> parts;
  private final long length;

  AnswerBody(List<ByteBuffer> parts) {
    this.parts = List.copyOf(parts);
    this.length = parts.stream().mapToLong(ByteBuffer::remaining).sum();
  }

  /** Returns a message of one part, which must not change any more. */
  public static AnswerBody of(byte[] message) {
    return new AnswerBody(List.of(ByteBuffer.wrap(message)));
  }

  /** Returns the number of bytes. */
  public long length() {
    return length;
  }

  /** Returns the parts, for one who reads them. */
  public List<ByteBuffer> parts() {
    return parts.stream().map(ByteBuffer::duplicate).toList();
  }

  /** Returns a copy in one piece. */
  byte[] toByteArray() {
    ByteBuffer whole = ByteBuffer.allocate(Math.toIntExact(length));
    parts().forEach(whole::put);
    return whole.array();
  }
}
