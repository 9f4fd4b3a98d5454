package io.kadb.driver.value;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The contents of streams that are given as parameters: at most so many bytes or characters. */
public final class Streams {
  private static final int CHUNK = 8192;

  private Streams() {}

  public static byte @Nullable [] bytes(@Nullable InputStream stream, long length)
      throws SQLException {
    checkLength(length);
    try {
      return stream == null ? null : read(stream, length);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static byte[] read(InputStream stream, long length) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    long left = length;
    while (left > 0) {
      int read = stream.read(chunk, 0, (int) Math.min(left, chunk.length));
      if (read < 0) {
        break;
      }
      bytes.write(chunk, 0, read);
      left -= read;
    }
    return bytes.toByteArray();
  }

  public static @Nullable String asciiText(@Nullable InputStream stream, long length)
      throws SQLException {
    byte[] bytes = bytes(stream, length);
    return bytes == null ? null : new String(bytes, StandardCharsets.US_ASCII);
  }

  public static @Nullable String text(@Nullable Reader reader, long length) throws SQLException {
    checkLength(length);
    if (reader == null) {
      return null;
    }
    StringWriter text = new StringWriter();
    char[] chunk = new char[CHUNK];
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
          "length of a stream: found " + length + ", wanted 0 or more", States.BAD_PARAMETER);
    }
  }

  private static SQLException unreadable(IOException e) {
    return SqlExceptions.of(
        "a stream given as a parameter cannot be read: " + e.getMessage(), States.BAD_PARAMETER, e);
  }
}
