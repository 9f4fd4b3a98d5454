package io.kadb.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.error.KadbException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The path from bytes must give what the path from a String gives, whatever the input. */
class BytesAndTextAgreeTest {
  private static final int INPUTS = 8_000;

  /** Pieces that numbers, dates and words are made of, and what breaks them. */
  private static final List<String> PIECES =
      List.of(
          "0",
          "1",
          "7",
          "9",
          "12",
          "29",
          "31",
          "2024",
          "999999999",
          "2147483648",
          "-",
          "-",
          "+",
          ".",
          ".",
          ":",
          ":",
          " ",
          "T",
          "Z",
          "e",
          "E5",
          "x",
          "_",
          "t",
          "f",
          "true",
          "false",
          "yes",
          "2024-02-29",
          "2023-02-29",
          "1999-12-31",
          "0001-01-01",
          "12:34:56",
          "23:59:59",
          ".123456",
          ".9999995",
          ".5",
          "+02",
          "\t",
          "ä",
          "/",
          "9223372036854775807",
          "inf",
          "00",
          "0.1",
          "123456789012345",
          "12345678901234567");

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
        "numeric(3,5)",
        "numeric(5,-2)",
        "numeric(30,12)",
        "boolean",
        "text",
        "varchar(5)",
        "char(5)",
        "bytea",
        "date",
        "time",
        "time(0)",
        "timestamp",
        "timestamp(3)",
        "timestamptz",
        "timestamptz(0)",
        "interval",
        "uuid",
        "json",
        "jsonb",
        "inet"
      })
  void forAnyInput(String sql) {
    ColumnType type = ColumnType.parse(sql);
    TextInput input = TextInput.of(type);
    TextOutput output = TextOutput.of(type);
    Random random = new Random(sql.hashCode());
    for (int i = 0; i < INPUTS; i++) {
      String text = input(random);
      byte[] bytes = ("«" + text + "»").getBytes(StandardCharsets.UTF_8);
      String ofText = outcome(() -> output.text(input.read(text)));
      String ofBytes = outcome(() -> output.text(input.read(bytes, 2, bytes.length - 2)));
      assertThat(ofBytes).as("%s of \"%s\"", sql, text).isEqualTo(ofText);
    }
  }

  private static String input(Random random) {
    StringBuilder text = new StringBuilder();
    int pieces = 1 + random.nextInt(random.nextBoolean() ? 2 : 6);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private static String outcome(java.util.function.Supplier<String> reading) {
    try {
      return reading.get();
    } catch (KadbException e) {
      return e.sqlState() + " " + e.getMessage();
    }
  }
}
