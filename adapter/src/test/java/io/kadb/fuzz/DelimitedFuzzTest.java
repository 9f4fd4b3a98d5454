package io.kadb.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;

class DelimitedFuzzTest {
  private static final DecoderProbe PLAIN =
      new DecoderProbe("delimited", Map.of("delimited_delimiter", "||"));
  private static final DecoderProbe MARKED =
      new DecoderProbe(
          "delimited",
          Map.of(
              "delimited_delimiter", "|",
              "delimited_eol_prefix", "|",
              "delimited_quote", "'",
              "delimited_escape", "\\",
              "delimited_null", "N"));

  @FuzzTest
  void readsAnyBytesAsAnyType(byte[] value) {
    for (String type : DecoderProbe.TYPES) {
      PLAIN.decode(value, "v " + type);
      PLAIN.decode(value, "a text", "v " + type);
      MARKED.decode(value, "a text", "v " + type);
    }
  }
}
