package io.kadb.server.produce;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A stream whose bytes can be had again by their place, from where they were last taken on. */
final class HeldInput extends FilterInputStream {
  private byte[] bytes = new byte[1 << 14];
  private int length;
  private long base;

  HeldInput(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int off, int len) throws IOException {
    int read = super.read(to, off, len);
    if (read > 0) {
      if (length + read > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + read));
      }
      System.arraycopy(to, off, bytes, length, read);
      length += read;
    }
    return read;
  }

  /**
   * Returns the bytes of a range, by places in the stream, and forgets everything before its end.
   */
  byte[] take(long start, long end) {
    byte[] taken = Arrays.copyOfRange(bytes, (int) (start - base), (int) (end - base));
    int passed = (int) (end - base);
    System.arraycopy(bytes, passed, bytes, 0, length - passed);
    length -= passed;
    base = end;
    return taken;
  }
}
