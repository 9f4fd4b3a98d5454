package io.kadb.format.avro;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where things are in the header of a container file: four bytes of magic, then a map that names
 * schema and codec. The sync marker that follows differs from file to file and does not count.
 *
 * @param end the place after the map, where the sync marker begins
 * @param schemaFrom where the schema's text begins
 * @param schemaTo where it ends
 * @param codec how blocks are compressed
 */
record ContainerHeader(int end, int schemaFrom, int schemaTo, BlockCodec codec) {
  static final int SYNC_BYTES = 16;

  private static final byte[] MAGIC = {'O', 'b', 'j', 1};
  private static final byte[] SCHEMA = "avro.schema".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CODEC = "avro.codec".getBytes(StandardCharsets.US_ASCII);

  /**
   * Finds things in a message.
   *
   * @throws KadbException 22P04 if it does not begin as a container file
   */
  static ContainerHeader of(byte[] message) {
    if (message.length < MAGIC.length
        || !Arrays.equals(message, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new KadbException(
              ErrorCode.BAD_MESSAGE_FORMAT,
              "found a message that does not begin with \"Obj\" and 1, wanted an Avro container"
                  + " file")
          .withHint("formats avro_raw and avro_registry read values without such a header");
    }
    Walk walk = new Walk(message);
    AvroInput in = new AvroInput().open(message, MAGIC.length, message.length);
    for (long count = in.readCount(); count != 0; count = in.readCount()) {
      int size = count < 0 ? in.readLength() : 0;
      int from = in.at();
      for (long i = Math.abs(count); i > 0; i--) {
        walk.entry(in);
      }
      if (count < 0 && in.at() - from != size) {
        throw in.malformed("a block of " + (in.at() - from) + " bytes that says " + size);
      }
    }
    return walk.header(in.at());
  }

  private static final class Walk {
    private final byte[] message;
    private int schemaFrom = -1;
    private int schemaTo;
    private @Nullable BlockCodec codec;

    Walk(byte[] message) {
      this.message = message;
    }

    void entry(AvroInput in) {
      int keyLength = in.readLength();
      int key = in.take(keyLength);
      int valueLength = in.readLength();
      int value = in.take(valueLength);
      if (is(SCHEMA, key, keyLength)) {
        schemaFrom = value;
        schemaTo = value + valueLength;
      } else if (is(CODEC, key, keyLength)) {
        codec =
            BlockCodec.named(new String(message, value, valueLength, StandardCharsets.ISO_8859_1));
      }
    }

    private boolean is(byte[] wanted, int from, int length) {
      return Arrays.equals(message, from, from + length, wanted, 0, wanted.length);
    }

    ContainerHeader header(int end) {
      if (schemaFrom < 0) {
        throw new KadbException(
            ErrorCode.BAD_MESSAGE_FORMAT, "the container file's header has no avro.schema");
      }
      return new ContainerHeader(
          end, schemaFrom, schemaTo, codec == null ? BlockCodec.NULL : codec);
    }
  }
}
