package io.kadb.format.avro;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.MessageLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;
import org.xerial.snappy.Snappy;

/**
 * Decompresses blocks into a buffer of its own that the next block overwrites. The buffer grows
 * with what comes out, never with what a length says, up to the limit of a message.
 */
final class BlockUnpacker {
  private static final int FIRST_BYTES = 1 << 14;

  /** A buffer larger than this is not kept for the next message. */
  private static final int MAX_KEPT_BYTES = 1 << 22;

  /** Snappy's most compact element: three bytes for 64. */
  private static final int SNAPPY_BEST_RATIO = 22;

  /** What the largest usual dictionary of xz takes, that of preset 9. */
  private static final int XZ_MEMORY_KIB = 70 << 10;

  private final MessageLimits limits;
  private final CRC32 crc = new CRC32();
  private @Nullable Inflater inflater;
  private byte[] buffer = {};
  private int length;

  /** The bytes that blocks of the same message took before. */
  private long before;

  BlockUnpacker(MessageLimits limits) {
    this.limits = limits;
  }

  /** Begins a message. */
  void openMessage() {
    before = 0;
    if (buffer.length > MAX_KEPT_BYTES) {
      buffer = new byte[0];
    }
  }

  /** Returns the array whose first {@link #length} bytes are the block. */
  byte[] buffer() {
    return buffer;
  }

  int length() {
    return length;
  }

  /**
   * Decompresses bytes {@code [from, to)}.
   *
   * @throws KadbException 22P04 if they are not of the codec, 54000 for too many bytes
   */
  void unpack(BlockCodec codec, byte[] bytes, int from, int to) {
    length = 0;
    try {
      switch (codec) {
        case DEFLATE -> deflate(bytes, from, to);
        case SNAPPY -> snappy(bytes, from, to);
        case ZSTANDARD -> zstandard(bytes, from, to);
        case BZIP2 -> {
          ByteArrayInputStream in = new ByteArrayInputStream(bytes, from, to - from);
          drain(new BZip2CompressorInputStream(in));
          refuseRest(in.available());
        }
        case XZ ->
            drain(
                new XZInputStream(new ByteArrayInputStream(bytes, from, to - from), XZ_MEMORY_KIB));
        case NULL -> throw new AssertionError("nothing to decompress");
      }
    } catch (IOException | DataFormatException | ZstdException e) {
      throw broken(codec, String.valueOf(e.getMessage()));
    } catch (KadbException e) {
      throw e;
    } catch (RuntimeException e) {
      // Libraries meet bytes they did not expect in their own ways.
      throw broken(codec, e.toString());
    }
    limits.checkBytes(before + length);
    before += length;
  }

  private static KadbException broken(BlockCodec codec, String why) {
    return new KadbException(
        ErrorCode.BAD_MESSAGE_FORMAT,
        "a block cannot be decompressed as " + codec.label() + ": " + KadbException.shown(why));
  }

  private void deflate(byte[] bytes, int from, int to) throws DataFormatException {
    Inflater used = inflater;
    if (used == null) {
      used = new Inflater(true);
      inflater = used;
    }
    used.reset();
    used.setInput(bytes, from, to - from);
    while (!used.finished()) {
      grow();
      int count = used.inflate(buffer, length, buffer.length - length);
      if (count == 0 && (used.needsInput() || used.needsDictionary())) {
        throw new DataFormatException("it ends in the middle");
      }
      length += count;
    }
    refuseRest(used.getRemaining());
  }

  private static void refuseRest(int bytes) {
    if (bytes != 0) {
      throw new KadbException(
          ErrorCode.BAD_MESSAGE_FORMAT,
          "found " + bytes + " bytes after the compressed data of a block, wanted none");
    }
  }

  private void snappy(byte[] bytes, int from, int to) throws IOException {
    int size = to - from - Integer.BYTES;
    if (size < 1) {
      throw new IOException("it ends in the middle");
    }
    long whole = Snappy.uncompressedLength(bytes, from, size);
    if (whole < 0 || whole > (long) size * SNAPPY_BEST_RATIO) {
      throw new IOException("a length of " + whole + " bytes");
    }
    limits.checkBytes(before + whole);
    reserve((int) whole);
    length = Snappy.uncompress(bytes, from, size, buffer, 0);
    crc.reset();
    crc.update(buffer, 0, length);
    int expected = 0;
    for (int i = to - Integer.BYTES; i < to; i++) {
      expected = expected << Byte.SIZE | bytes[i] & 0xFF;
    }
    if (expected != (int) crc.getValue()) {
      throw new IOException("its checksum differs");
    }
  }

  /** In one go, because a stream would allocate the window that the first bytes ask for. */
  private void zstandard(byte[] bytes, int from, int to) {
    reserve(FIRST_BYTES);
    while (true) {
      try {
        int size = to - from;
        length = (int) Zstd.decompressByteArray(buffer, 0, buffer.length, bytes, from, size);
        return;
      } catch (ZstdException e) {
        if (e.getErrorCode() != Zstd.errDstSizeTooSmall()) {
          throw e;
        }
        length = buffer.length;
        grow();
      }
    }
  }

  private void drain(InputStream stream) throws IOException {
    try (stream) {
      while (true) {
        grow();
        int count = stream.read(buffer, length, buffer.length - length);
        if (count < 0) {
          return;
        }
        length += count;
      }
    }
  }

  /** Sees to it that the buffer is not full. */
  private void grow() {
    limits.checkBytes(before + length);
    if (length < buffer.length) {
      return;
    }
    // Up to one byte past the limit, which tells a message too large from one just so large.
    long most = Math.min(limits.maxBytes() - before + 1, Integer.MAX_VALUE - 8);
    long twice = Math.max(2L * buffer.length, FIRST_BYTES);
    buffer = Arrays.copyOf(buffer, (int) Math.min(twice, most));
  }

  private void reserve(int bytes) {
    if (buffer.length < bytes) {
      buffer = new byte[bytes];
    }
  }
}
