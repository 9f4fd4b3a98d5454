package io.kadb.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;

class CsvFuzzTest {
  private static final DecoderProbe LENIENT = new DecoderProbe("csv", Map.of());
  private static final DecoderProbe STRICT =
      new DecoderProbe(
          "csv",
          Map.of(
              "csv_strict", "true",
              "csv_delimiter", ";",
              "csv_quote", "'",
              "csv_null", "NULL",
              "csv_ignore_header", "true",
              "csv_attribute_trim_whitespace", "false"));

  @FuzzTest
  void readsAnyBytesAsAnyType(byte[] value) {
    for (String type : DecoderProbe.TYPES) {
      LENIENT.decode(value, "v " + type);
      LENIENT.decode(value, "a text", "v " + type, "b varchar(5) not null");
      STRICT.decode(value, "a text", "v " + type);
    }
  }
}
