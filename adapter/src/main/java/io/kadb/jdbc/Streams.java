package io.kadb.jdbc;

import io.kadb.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The contents of streams that are given as parameters: at most so many bytes or characters. */
final class Streams {
  private static final int CHUNK_CHARACTERS = 8192;

  private Streams() {}

  static byte @Nullable [] bytes(@Nullable InputStream stream, long length) throws SQLException {
    checkLength(length);
    try {
      return stream == null ? null : stream.readNBytes((int) Math.min(length, Integer.MAX_VALUE));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  static @Nullable String asciiText(@Nullable InputStream stream, long length) throws SQLException {
    byte[] bytes = bytes(stream, length);
    return bytes == null ? null : new String(bytes, StandardCharsets.US_ASCII);
  }

  static @Nullable String text(@Nullable Reader reader, long length) throws SQLException {
    checkLength(length);
    if (reader == null) {
      return null;
    }
    StringWriter text = new StringWriter();
    char[] chunk = new char[CHUNK_CHARACTERS];
    try {
      long left = length;
      while (left > 0) {
        int read = reader.read(chunk, 0, (int) Math.min(left, chunk.length));
        if (read < 0) {
          break;
        }
        text.write(chunk, 0, read);
        left -= read;
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    return text.toString();
  }

  private static void checkLength(long length) throws SQLException {
    if (length < 0) {
      throw SqlExceptions.of(
          ErrorCode.BAD_PARAMETER, "length of a stream: found " + length + ", wanted 0 or more");
    }
  }

  private static SQLException unreadable(IOException e) {
    return SqlExceptions.of(
        "a stream given as a parameter cannot be read: " + e.getMessage(),
        ErrorCode.BAD_PARAMETER.sqlState(),
        e);
  }
}
