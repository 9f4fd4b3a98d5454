package io.kadb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import io.kadb.type.ColumnType;
import io.kadb.type.TextInput;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Values and options mean the same wherever the process runs: other digits, another i. */
@ParameterizedClass
@ValueSource(strings = {"ar-EG", "tr-TR"})
class LocaleTest {
  private static final Locale USUAL = Locale.getDefault();

  @Parameter String locale;

  @BeforeEach
  void change() {
    Locale.setDefault(Locale.forLanguageTag(locale));
  }

  @AfterEach
  void restore() {
    Locale.setDefault(USUAL);
  }

  private static @Nullable Object avro(String fieldType, byte[] value, String columnType) {
    String schema = "{'type':'record','name':'r','fields':[{'name':'f','type':" + fieldType + "}]}";
    Decoder decoder =
        Formats.of(
                "AVRO_RAW",
                FormatOptions.of(
                    Map.of("avro_schema", schema.replace('\'', '"'), "avro_match", "POSITION")))
            .decoder(Shapes.of("f " + columnType));
    return Shapes.rows(decoder, new TestMessage(value)).get(0).get(0);
  }

  @Test
  void durationsKeepTheirDigits() {
    String duration = "{'type':'fixed','name':'d','size':12,'logicalType':'duration'}";
    byte[] value = {15, 0, 0, 0, 3, 0, 0, 0, (byte) 0xd2, 0x04, 0, 0};
    byte[] array = {2, 15, 0, 0, 0, 3, 0, 0, 0, (byte) 0xd2, 0x04, 0, 0, 0};

    assertThat(avro(duration, value, "interval")).isEqualTo("P1Y3M3DT1.234S");
    assertThat(avro("{'type':'array','items':" + duration + "}", array, "text"))
        .isEqualTo("[\"P1Y3M3DT1.234S\"]");
  }

  @Test
  void intervalsAndTimesKeepTheirDigits() {
    String time = "{'type':'long','logicalType':'timestamp-millis'}";
    byte[] array = {2, 2, 0};

    assertThat(read("interval", "1 YEAR 2 MINUTES 3.5 SECONDS")).isEqualTo("P1YT2M3.5S");
    assertThat(avro("{'type':'array','items':" + time + "}", array, "text"))
        .asString()
        .contains("1970-01-01", "00:00:00.001");
  }

  private static @Nullable Object read(String type, String text) {
    return TextInput.of(ColumnType.parse(type)).read(text);
  }

  @Test
  void optionsAndFormatsAreReadInAnyCase() {
    for (String format : List.of("TEXT", "CSV", "JSON", "AVRO")) {
      assertThat(Formats.of(format, FormatOptions.of(Map.of("csv_strict", "TRUE")))).isNotNull();
    }
    assertThat(FormatOptions.of(Map.of("n", "12")).positive("n", 1)).isEqualTo(12);
  }

  @Test
  void errorsKeepTheirDigits() {
    KadbException utf8 =
        catchThrowableOfType(
            KadbException.class,
            () ->
                Shapes.rows(
                    Formats.of("text", FormatOptions.of(Map.of())).decoder(Shapes.of("v text")),
                    new TestMessage(new byte[] {'a', 'b', (byte) 0xff})));

    assertThat(utf8).hasMessageContaining("0xFF at position 2");
  }
}
