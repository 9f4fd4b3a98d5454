package io.kadb.server.produce;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Each line is a message, also an empty one. */
final class TextInput implements MessageInput {
  private final RecordReader lines;
  private final byte[] separator;

  /**
   * Creates the input.
   *
   * @param keySeparator what stands between key and value; empty if lines have no key
   */
  TextInput(InputStream in, Optional<String> keySeparator) {
    this.lines = RecordReader.ofLines(in);
    this.separator = keySeparator.orElse("").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public @Nullable Read next() throws IOException {
    byte[] line = lines.next();
    if (line == null) {
      return null;
    }
    if (separator.length == 0) {
      return new Read(null, line);
    }
    int at = find(line);
    if (at < 0) {
      throw new MalformedInput("line " + lines.line() + ": no separator after the key", null);
    }
    return new Read(
        Arrays.copyOf(line, at), Arrays.copyOfRange(line, at + separator.length, line.length));
  }

  private int find(byte[] line) {
    for (int i = 0; i + separator.length <= line.length; i++) {
      if (Arrays.equals(line, i, i + separator.length, separator, 0, separator.length)) {
        return i;
      }
    }
    return -1;
  }
}
