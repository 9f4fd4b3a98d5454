package io.kadb.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.error.KadbException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
  private static final int INPUTS = 20_000;

  private static int end(ColumnType type, String text) {
    byte[] bytes = ("5" + text + "5").getBytes(StandardCharsets.UTF_8);
    int end = PlainText.of(type).end(bytes, 1, bytes.length - 1);
    return end == PlainText.NOT_PLAIN ? end : end - 1;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smallint",
        "integer",
        "bigint",
        "oid",
        "real",
        "double precision",
        "numeric",
        "numeric(10,2)",
        "numeric(4)",
        "numeric(3,5)",
        "numeric(5,-1)",
        "boolean",
        "text",
        "varchar(5)",
        "char(5)",
        "bytea",
        "date",
        "time",
        "time(2)",
        "timestamp",
        "timestamp(3)",
        "timestamptz",
        "interval",
        "uuid",
        "json",
        "jsonb",
        "inet"
      })
  void isWhatIsPrintedOfTheValueWhateverTheInput(String sql) {
    ColumnType type = ColumnType.parse(sql);
    InputGrammar grammar = InputGrammar.of(type, 4711);
    for (int i = 0; i < INPUTS; i++) {
      String text = grammar.next();
      int end = end(type, text);
      if (end != PlainText.NOT_PLAIN) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(new String(bytes, 0, end, StandardCharsets.UTF_8))
            .as("%s of \"%s\"", sql, text)
            .isEqualTo(printed(type, text));
      }
    }
  }

  private static String printed(ColumnType type, String text) {
    try {
      return TextOutput.of(type).text(TextInput.of(type).read(text));
    } catch (KadbException e) {
      return "refused: " + e.getMessage();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "smallint, 1234, 1234",
    "integer, -7, -7",
    "integer, 0, 0",
    "bigint, 999999999999999999, 999999999999999999",
    "oid, 16384, 16384",
    "real, 12.50, 12.5",
    "double precision, 90.173, 90.173",
    "double precision, 12.000, 12",
    "double precision, -0.00012, -0.00012",
    "numeric, -123456789012345678901234567890.10, -123456789012345678901234567890.10",
    "'numeric(10,2)', 0.50, 0.50",
    "boolean, true, true",
    "boolean, false, false",
    "text, naïve ☃, naïve ☃",
    "varchar(5), abcde, abcde",
    "inet, 10.0.0.1/8, 10.0.0.1/8",
    "date, 2024-02-29, 2024-02-29",
    "time, 12:34:56.500000, 12:34:56.5",
    "timestamp, 2024-02-29 12:34:56.789012, 2024-02-29 12:34:56.789012",
    "timestamp, 2024-02-29 12:34:56.000000, 2024-02-29 12:34:56",
    "timestamp(3), 2024-02-29 12:34:56.789, 2024-02-29 12:34:56.789",
    "uuid, a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11, a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
  })
  void isSeenInTheUsualTexts(String sql, String text, String plain) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int end = end(ColumnType.parse(sql), text);
    assertThat(end).isNotEqualTo(PlainText.NOT_PLAIN);
    assertThat(new String(bytes, 0, end, StandardCharsets.UTF_8)).isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource({
    "integer, 007",
    "integer, -0",
    "integer, +1",
    "integer, ' 1'",
    "integer, ''",
    "integer, -",
    "oid, -1",
    "double precision, 1e3",
    "double precision, 0.00001",
    "double precision, 0.00",
    "double precision, 1234567890123456",
    "real, 1234567",
    "numeric, -0.00",
    "numeric, .5",
    "numeric, 5.",
    "'numeric(4,2)', 123.00",
    "'numeric(4,2)', 1.0",
    "'numeric(5,-1)', 15",
    "boolean, t",
    "varchar(5), abcdef",
    "date, 2023-02-29",
    "timestamp, 2024-02-29T12:34:56",
    "timestamp(3), 2024-02-29 12:34:56.7891",
    "timestamptz, 2024-02-29 12:34:56",
    "uuid, A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11",
    "uuid, a0eebc999c0b4ef8bb6d6bb9bd380a11",
    "uuid, a0ee-bc999c0b-4ef8-bb6d-6bb9bd380a11",
    "uuid, a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1g",
    "uuid, a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1-",
  })
  void isNotSeenInOtherTexts(String sql, String text) {
    assertThat(end(ColumnType.parse(sql), text)).isEqualTo(PlainText.NOT_PLAIN);
  }
}
