package io.kadb.server.cli;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Puts NULL where sqlline printed its mark. sqlline knows values only as texts: without a mark of
 * its own, NULL and the text "null" look the same in csv and json.
 */
final class NullMarks extends FilterOutputStream {
  /** A code point that Unicode keeps out of texts. */
  static final String MARK = "\uFDD0";

  private final String nullText;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /**
   * Creates the stream.
   *
   * @param nullText what a format writes for NULL, without quotes
   */
  NullMarks(OutputStream out, String nullText) {
    super(out);
    this.nullText = nullText;
  }

  @Override
  public void write(int b) throws IOException {
    line.write(b);
    if (b == '\n') {
      passLine();
    }
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    for (int i = from; i < from + length; i++) {
      write(bytes[i]);
    }
  }

  private void passLine() throws IOException {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    String plain = text.replace('"' + MARK + '"', nullText).replace(MARK, nullText);
    out.write(plain.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void flush() throws IOException {
    passLine();
    out.flush();
  }
}
