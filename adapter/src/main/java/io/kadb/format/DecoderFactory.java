package io.kadb.format;

/** Makes decoders of one format, whose options are checked already. Safe for several threads. */
@FunctionalInterface
public interface DecoderFactory {
  /**
   * Returns a new decoder.
   *
   * @throws io.kadb.error.KadbException HV004 if the columns do not suit the format; the error of
   *     its type for a default that is no value of its column
   */
  Decoder decoder(RowShape shape);
}
