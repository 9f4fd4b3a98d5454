package io.kadb.type;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strict decoding of UTF-8 text, as PostgreSQL takes it: no malformed bytes, no zero byte. */
public final class Utf8 {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Utf8() {}

  /**
   * Returns the text that bytes {@code [from, to)} hold.
   *
   * @throws KadbException 22021 if they are not valid UTF-8 or hold a zero byte
   */
  public static String decode(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    // The decoder of String is by far the fastest and puts U+FFFD where it fails, but U+FFFD may
    // also be in the data. The search costs next to nothing in ASCII text.
    if (text.indexOf('\uFFFD') >= 0) {
      checkStrictly(bytes, from, to);
    }
    return holdsZero(bytes, from, to) ? refuseZero(text) : text;
  }

  /** Looks at eight bytes at a time (Mycroft 1987), at the last eight perhaps twice. */
  private static boolean holdsZero(byte[] bytes, int from, int to) {
    int last = to - Long.BYTES;
    if (last < from) {
      for (int i = from; i < to; i++) {
        if (bytes[i] == 0) {
          return true;
        }
      }
      return false;
    }
    for (int i = from; i < last; i += Long.BYTES) {
      if (hasZero((long) EIGHT_BYTES.get(bytes, i))) {
        return true;
      }
    }
    return hasZero((long) EIGHT_BYTES.get(bytes, last));
  }

  private static boolean hasZero(long bytes) {
    return (bytes - EACH_BYTE & ~bytes & HIGH_BITS) != 0;
  }

  /** Returns whether {@link #decode} would take the bytes; may say no of bytes that it takes. */
  static boolean isText(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] <= 0) {
        String rest = new String(bytes, i, to - i, StandardCharsets.UTF_8);
        return rest.indexOf('\uFFFD') < 0 && rest.indexOf('\0') < 0;
      }
    }
    return true;
  }

  /** Returns the text unless it holds U+0000, which no PostgreSQL text can. */
  static String refuseZero(String text) {
    int zero = text.indexOf('\0');
    if (zero >= 0) {
      throw new KadbException(
              ErrorCode.BAD_ENCODING,
              "found a zero byte at character " + zero + ", wanted UTF-8 text without one")
          .withHint("declare the column BYTEA");
    }
    return text;
  }

  private static void checkStrictly(byte[] bytes, int from, int to) {
    ByteBuffer input = ByteBuffer.wrap(bytes, from, to - from);
    try {
      StandardCharsets.UTF_8.newDecoder().decode(input);
    } catch (CharacterCodingException e) {
      int bad = input.position();
      throw new KadbException(
              ErrorCode.BAD_ENCODING,
              String.format(
                  "found byte 0x%02X at position %s, wanted valid UTF-8", bytes[bad], bad - from),
              e)
          .withHint("declare the column BYTEA or convert the messages to UTF-8");
    }
  }
}
