package io.kadb.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.type.ColumnType;
import io.kadb.type.TextSpan;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyLineTest {
  private static final CopyColumn TEXT = new CopyColumn(ColumnType.TEXT);

  private final CopyLine line = new CopyLine(1);

  private String written() {
    return new String(line.bytes(), 0, line.length(), StandardCharsets.UTF_8);
  }

  @Test
  void putsTabsBetweenValuesAndLineEndsBehindRows() {
    CopyColumn number = new CopyColumn(ColumnType.NUMERIC);
    line.value(number, new BigDecimal("1.50"));
    line.value(TEXT, "é");
    line.value(TEXT, null);
    line.end();
    line.value(TEXT, "");
    line.value(number, null);
    line.end();
    assertThat(written()).isEqualTo("1.50\té\t\\N\n\t\\N\n");

    line.clear();
    line.value(number, BigDecimal.ONE);
    line.end();
    assertThat(written()).isEqualTo("1\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'a\tb', 'a\\tb'",
    "'\n', '\\n'",
    "'\r\n', '\\r\\n'",
    "'\\N', '\\\\N'",
    "'\\.', '\\\\.'",
    "'a\\', 'a\\\\'",
    "'\u0001\u007f\u000b', '\u0001\u007f\u000b'",
  })
  void escapesWhatCopyTakesForSomethingElse(String text, String escaped) {
    line.value(TEXT, text);
    line.end();
    assertThat(written()).isEqualTo(escaped + "\n");

    line.clear();
    byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    line.value(TEXT, new TextSpan().show(bytes, 1, bytes.length - 1));
    line.end();
    assertThat(written()).isEqualTo(escaped + "\n");
  }

  @Test
  void escapesInTheMiddleOfRows() {
    String text = "é\tand more than sixty-four characters, which are copied another way\n";
    line.value(TEXT, "a\\b\tc");
    line.value(TEXT, text);
    line.value(TEXT, "plain");
    line.end();
    line.value(TEXT, "\r");
    line.end();
    assertThat(written())
        .isEqualTo(
            "a\\\\b\\tc\té\\tand more than sixty-four characters, which are copied another way\\n\tplain\n\\r\n");
  }

  @Test
  void escapesTheBackslashOfBytes() {
    line.value(new CopyColumn(ColumnType.BYTEA), new byte[] {0, (byte) 0xFF, '\\'});
    line.end();
    assertThat(written()).isEqualTo("\\\\x00ff5c\n");
  }
}
