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

  private static final DecoderProbe COPY =
      new DecoderProbe("csv", Map.of("csv_dialect", "postgresql"));
  private static final DecoderProbe COPY_ESCAPED =
      new DecoderProbe(
          "csv",
          Map.of(
              "csv_dialect", "postgresql",
              "csv_escape", "\\",
              "csv_null", "NULL",
              "csv_force_not_null", "a",
              "csv_fill_missing_fields", "true"));

  @FuzzTest
  void readsAnyBytesAsAnyType(byte[] value) {
    for (String type : DecoderProbe.TYPES) {
      LENIENT.decode(value, "v " + type);
      LENIENT.decode(value, "a text", "v " + type, "b varchar(5) not null");
      STRICT.decode(value, "a text", "v " + type);
      COPY.decode(value, "v " + type);
      COPY_ESCAPED.decode(value, "a text", "v " + type);
    }
  }
}
