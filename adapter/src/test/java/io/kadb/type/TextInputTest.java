package io.kadb.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextInputTest {
  @ParameterizedTest
  @ValueSource(strings = {"\n12\n", "\t12", " 12\r", "\u000b12\f"})
  void takesAnyBlanksAroundNumbers(String text) {
    assertThat(TextInput.of(ColumnType.INTEGER).read(text)).isEqualTo(12);
    assertThat(TextInput.of(ColumnType.DOUBLE).read(text)).isEqualTo(12.0);
    assertThat(TextInput.of(ColumnType.OID).read(text)).isEqualTo(12L);
  }

  @Test
  void saysWhatWasFoundAndWanted() {
    KadbException e = InputCases.refusal(ColumnType.INTEGER, "12abc");
    assertThat(e).hasMessage("found \"12abc\", wanted integer");
    assertThat(InputCases.refusal(ColumnType.varchar(3), "x".repeat(1000)).getMessage())
        .contains("\"" + "x".repeat(64) + "…\"", "character varying(3)", "1000 characters")
        .doesNotContain("x".repeat(65));
  }

  @Test
  void hintsAtTextForValuesKadbDoesNotHold() {
    assertThat(InputCases.refusal(ColumnType.NUMERIC, "NaN").getMessage()).contains("TEXT");
    assertThat(InputCases.refusal(ColumnType.TIME, "24:00:00").getMessage()).contains("TEXT");
    assertThat(InputCases.refusal(ColumnType.DATE, "infinity").getMessage()).contains("TEXT");
    assertThat(InputCases.refusal(ColumnType.TIMESTAMP, "0044-03-15 BC").getMessage())
        .contains("TEXT");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] bytes = {'a', (byte) 0xC3, '(', 'b'};
    for (ColumnType type :
        new ColumnType[] {ColumnType.TEXT, ColumnType.varchar(9), ColumnType.INTEGER}) {
      KadbException e =
          catchThrowableOfType(
              KadbException.class, () -> TextInput.of(type).read(bytes, 0, bytes.length));
      assertThat(e.sqlState()).isEqualTo("22021");
      assertThat(e.getMessage()).contains("0xC3 at position 1");
    }
  }

  @Test
  void keepsAReplacementCharacterThatIsInTheData() {
    byte[] bytes = "a\uFFFDb".getBytes(StandardCharsets.UTF_8);
    assertThat(TextInput.of(ColumnType.TEXT).read(bytes, 0, bytes.length)).isEqualTo("a\uFFFDb");
  }

  @Test
  void refusesAZeroByteInText() {
    assertThat(InputCases.refusal(ColumnType.TEXT, "a\0b").sqlState()).isEqualTo("22021");
    assertThat(InputCases.refusal(ColumnType.character(5), "a\0b").sqlState()).isEqualTo("22021");
  }

  @Test
  void refusesHugeNumbersInReasonableTime() {
    String digits = "1".repeat(1_000_000);
    for (String text : new String[] {digits, "0x" + digits, "1e" + digits, "0." + digits}) {
      assertThat(InputCases.refusal(ColumnType.NUMERIC, text).sqlState()).isEqualTo("22003");
      assertThat(InputCases.refusal(ColumnType.INTEGER, text)).isNotNull();
      assertThat(InputCases.refusal(ColumnType.DATE, text)).isNotNull();
    }
  }

  @Test
  void refusesDeeplyNestedJson() {
    String nested = "[".repeat(1_000_000) + "]".repeat(1_000_000);
    assertThat(InputCases.refusal(ColumnType.JSON, nested).sqlState()).isEqualTo("22P02");
  }
}
