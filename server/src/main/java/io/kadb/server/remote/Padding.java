package io.kadb.server.remote;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Bytes that mean nothing to a client and may stand at the beginning of an answer: they show that
 * the server is there while the answer is being made.
 */
public enum Padding {
  /** White space behind the brace that every answer begins with. */
  JSON(Encoding.JSON, new byte[] {'{'}, new byte[] {' '}),

  /** A number as field 15, which the message does not have: parsers of protobuf skip it. */
  PROTOBUF(Encoding.PROTOBUF, new byte[0], new byte[] {15 << 3, 0});

  private final Encoding encoding;
  private final byte[] opening;
  private final byte[] filler;

  Padding(Encoding encoding, byte[] opening, byte[] filler) {
    this.encoding = encoding;
    this.opening = opening;
    this.filler = filler;
  }

  /** Returns what suits the answer to a request. */
  public static Padding of(byte[] request) {
    return Encoding.of(request) == Encoding.JSON ? JSON : PROTOBUF;
  }

  /** Returns the content type of the answer. */
  public String contentType() {
    return encoding.contentType();
  }

  /**
   * Returns the next bytes.
   *
   * @param first whether nothing was sent before them
   */
  public ByteBuffer next(boolean first) {
    ByteBuffer bytes = ByteBuffer.allocate(opening.length + filler.length);
    if (first) {
      bytes.put(opening);
    }
    return bytes.put(filler).flip();
  }

  /** Returns what is left to be sent of an answer after some of these bytes. */
  public List<ByteBuffer> rest(AnswerBody answer) {
    List<ByteBuffer> parts = answer.parts();
    parts.get(0).position(opening.length);
    return parts;
  }
}
