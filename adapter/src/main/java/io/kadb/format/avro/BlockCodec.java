package io.kadb.format.avro;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.Arrays;
import java.util.Locale;

/** How the blocks of a container file are compressed: the codecs of Avro's specification. */
enum BlockCodec {
  NULL,
  DEFLATE,
  SNAPPY,
  BZIP2,
  ZSTANDARD,
  XZ;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the codec of a name.
   *
   * @throws KadbException 22P04 if there is none
   */
  static BlockCodec named(String name) {
    return Arrays.stream(values())
        .filter(codec -> codec.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new KadbException(
                    ErrorCode.BAD_MESSAGE_FORMAT,
                    "found codec "
                        + KadbException.shown(name)
                        + ", wanted one of "
                        + String.join(
                            ", ", Arrays.stream(values()).map(BlockCodec::label).toList())));
  }
}
