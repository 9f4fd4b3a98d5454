package io.kadb.format.delimited;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.DecoderContract;
import io.kadb.format.FormatOptions;
import io.kadb.format.Formats;
import io.kadb.format.MessageLimits;
import io.kadb.format.RowShape;
import io.kadb.format.Shapes;
import io.kadb.format.TestMessage;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelimitedDecoderTest extends DecoderContract {
  private static final Map<String, String> BARS = Map.of("delimited_delimiter", "||");
  private static final Map<String, String> QUOTES =
      Map.of("delimited_delimiter", "||", "delimited_quote", "'", "delimited_escape", "\\");

  @Override
  protected Decoder decoder(RowShape shape, MessageLimits limits) {
    return new DelimitedDecoder(shape, DelimitedOptions.of(FormatOptions.of(BARS)), limits);
  }

  @Override
  protected List<String> columns() {
    return List.of("n integer", "t text", "d double precision");
  }

  @Override
  protected byte[] message(String n) {
    return (n + "||x||1.5").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected int rowsOfNoValue() {
    return 0;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      textBlock =
          """
          1||a           → 1/a
          1||a↵2||b      → 1/a;2/b
          1||a↵2||b↵     → 1/a;2/b
          1||a←↵         → 1/a←
          1|a||b|        → 1|a/b|
          |||a           → ∅/|a
          ||             → ∅/∅
          ·1·||·a·       → ·1·/·a·
          'a'||"b"       → 'a'/"b"
          a\\\\||b       → a\\\\/b
          ä||😀          → ä/😀
          """)
  void splitsAtTheDelimiterAndAtNothingElse(String message, String rows) {
    assertThat(Fields.rows("delimited", BARS, message)).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      textBlock =
          """
          '1'||'a'          → 1/a
          'a||b'||c         → a||b/c
          'a↵b'||c          → a↵b/c
          'a\\'b'||'a\\\\b' → a'b/a\\b
          'a\\nb'||c        → a\\nb/c
          ''||              → ¢/∅
          x'a||b'y||c       → xa||by/c
          a\\||b||c         → a||b/c
          a\\↵b||c          → a↵b/c
          a\\\\||c          → a\\/c
          a\\'||\\'c        → a'/'c
          a\\xb||c          → a\\xb/c
          a||b\\            → a/b\\
          """)
  void takesWhatIsQuotedOrEscapedAsItStands(String message, String rows) {
    assertThat(Fields.rows("delimited", QUOTES, message)).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      textBlock =
          """
          1|a#↵2|b#↵  → 1/a;2/b
          1|a↵2#↵3|b  → 1/a↵2;3/b
          1|a#        → 1/a#
          a|#b#c      → a/#b#c
          """)
  void endsARowAtThePrefixAndALineFeed(String message, String rows) {
    Map<String, String> options = Map.of("delimited_delimiter", "|", "delimited_eol_prefix", "#");
    assertThat(Fields.rows("delimited", options, message)).isEqualTo(rows);
  }

  @Test
  void aRowEndThatBeginsAsTheDelimiterIsARowEnd() {
    Map<String, String> options = Map.of("delimited_delimiter", "|", "delimited_eol_prefix", "|");
    assertThat(Fields.rows("delimited", options, "1|a|↵2|b|↵")).isEqualTo("1/a;2/b");
  }

  @Test
  void knowsATextThatIsNullUnlessItIsQuoted() {
    Map<String, String> options =
        Map.of(
            "delimited_delimiter", "\\t",
            "delimited_quote", "\"",
            "delimited_escape", "\"",
            "delimited_null", "N");
    assertThat(Fields.rows("delimited", options, "N→\"N\"↵→x")).isEqualTo("∅/N;¢/x");
  }

  @ParameterizedTest
  @CsvSource({"1, 'has 1 fields, wanted 2'", "1||2||3, 'has 3 fields, wanted 2'"})
  void refusesOtherNumbersOfFields(String message, String text) {
    KadbException e = refusal(BARS, message);
    assertThat(e.sqlState()).isEqualTo("22P04");
    assertThat(e.getMessage()).contains("orders[3]@1842", "row 1 of the message", text);
  }

  @Test
  void refusesAQuoteThatIsNotClosed() {
    KadbException e = refusal(QUOTES, "a||'b");
    assertThat(e.sqlState()).isEqualTo("22P04");
    assertThat(e.getMessage()).contains("orders[3]@1842", "byte 3", "not closed");
  }

  @Test
  void refusesMalformedUtf8() {
    Decoder decoder = Formats.of("delimited", FormatOptions.of(BARS)).decoder(Shapes.of("a text"));
    TestMessage message = new TestMessage(new byte[] {'a', (byte) 0xC3, '\n'});
    KadbException e =
        catchThrowableOfType(KadbException.class, () -> Shapes.rows(decoder, message));
    assertThat(e.sqlState()).isEqualTo("22021");
  }

  @Test
  void takesNoByteForAMarkThatIsNotThere() {
    Map<String, String> options = Map.of("delimited_delimiter", "|", "delimited_escape", "\\");
    Decoder decoder =
        Formats.of("delimited", FormatOptions.of(options)).decoder(Shapes.of("a text"));
    TestMessage message = new TestMessage(new byte[] {'\\', '|', (byte) 0xFF, (byte) 0xFF});
    KadbException e =
        catchThrowableOfType(KadbException.class, () -> Shapes.rows(decoder, message));
    assertThat(e.sqlState()).isEqualTo("22021");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "delimited_delimiter, ``, HV024",
        "delimited_delimiter, 123456789012345678901234567890123, HV024",
        "delimited_delimiter, a'b, HV024",
        "delimited_quote, ab, HV024",
        "delimited_quote, ä, HV024",
        "delimited_eol_prefix, ', HV024"
      })
  void refusesMarksThatCannotBeToldApart(String name, String value, String state) {
    Map<String, String> options = new HashMap<>(QUOTES);
    options.put(name, value);
    KadbException e = refusal(options, "1");
    assertThat(e.sqlState()).isEqualTo(state);
    assertThat(e.getMessage()).contains(name);
  }

  @Test
  void wantsADelimiterAndWithAQuoteAnEscape() {
    assertThat(refusal(Map.of(), "1").sqlState()).isEqualTo("HV002");
    KadbException e = refusal(Map.of("delimited_delimiter", "|", "delimited_quote", "\""), "1");
    assertThat(e.sqlState()).isEqualTo("HV002");
    assertThat(e.getMessage()).contains("delimited_escape");
  }

  private static KadbException refusal(Map<String, String> options, String message) {
    KadbException e =
        catchThrowableOfType(KadbException.class, () -> Fields.rows("delimited", options, message));
    assertThat(e).isNotNull();
    return e;
  }
}
