package io.kadb.format.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.DecoderContract;
import io.kadb.format.MessageLimits;
import io.kadb.format.RowShape;
import io.kadb.format.Shapes;
import io.kadb.format.TestMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvDecoderTest extends DecoderContract {
  private static final CsvOptions USUAL = CsvOptions.DEFAULT;
  private static final String[] TWO = {"a text", "b text"};

  @Override
  protected Decoder decoder(RowShape shape, MessageLimits limits) {
    return new CsvDecoder(shape, USUAL, limits);
  }

  @Override
  protected List<String> columns() {
    return List.of("n integer", "t text", "d double precision");
  }

  @Override
  protected byte[] message(String n) {
    return (n + ",x,1.5").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected int rowsOfNoValue() {
    return 0;
  }

  /**
   * In the tables {@code ↵} is LF, {@code ←} CR, {@code ·} a blank, {@code →} a tab, {@code ∅}
   * NULL; rows are separated by {@code ;} and fields by {@code /}.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1,a                   | 1/a
          1,a↵2,b               | 1/a;2/b
          1,a↵2,b↵              | 1/a;2/b
          1,a←2,b←              | 1/a;2/b
          1,a←↵2,b←↵            | 1/a;2/b
          ↵↵←1,a↵←↵·↵→·↵2,b     | 1/a;2/b
          1                     | 1/∅
          1,                    | 1/∅
          1,""                  | 1/∅
          1,·""·                | 1/∅
          ,                     | ∅/∅
          "",""                 | ∅/∅
          ""↵1,a                | 1/a
          ""                    | ``
          "",                   | ∅/∅
          ·1·,→a·b→             | 1/a·b
          ·"·1·"·,→"a"→         | ·1·/a
          1,"a,b"               | 1/a,b
          1,"a↵b←↵c"            | 1/a↵b←↵c
          1,"a""b"              | 1/a"b
          1,""\""               | 1/"
          1,""a""               | 1/"a"
          1,a"b"c               | 1/a"b"c
          1,a""                 | 1/a""
          1,"a"b                | 1/a"b
          1,"a"b,c"↵2,d         | 1/a"b,c;2/d
          1,"a"·b,c"            | 1/a"·b,c
          1,"a"·"               | 1/a"·
          1,"a                  | 1/a
          1,"a·,↵b              | 1/a·,↵b
          1,"                   | 1/∅
          1,a\\n\\              | 1/a\\n\\
          '1','a'               | '1'/'a'
          \uFEFF1,a             | \uFEFF1/a
          \uFEFF"1",a           | \uFEFF"1"/a
          ä,😀                  | ä/😀
          """)
  void followsLibcsv(String message, String rows) {
    assertThat(rows(USUAL, message)).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1,·"a"                | 1/·"a"
          ·1·,→a→               | ·1·/→a→
          ··                    | ··/∅
          1,a↵·↵2,b             | 1/a;·/∅;2/b
          1,"a"·,b"             | 1/a"·,b
          1,"a"                 | 1/a
          ""                    | ``
          ·,·                   | ·/·
          1,·                   | 1/·
          →1,"·"                | →1/·
          """)
  void keepsBlanksWithoutTrimming(String message, String rows) {
    assertThat(rows(USUAL.withTrim(false), message)).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          NULL,"NULL"           | ∅/∅
          ·NULL·,a              | ∅/a
          "·NULL",a             | ·NULL/a
          null,NULLS            | null/NULLS
          1,                    | 1/∅
          NULL                  | ``
          ·NULL·↵"NULL"↵1,a     | 1/a
          """)
  void takesTheNullTextQuotedOrNot(String message, String rows) {
    assertThat(rows(USUAL.withNullText("NULL"), message)).isEqualTo(rows);
  }

  @Test
  void takesTheNullTextWithItsBlanksOnlyWithoutTrimming() {
    CsvOptions options = USUAL.withTrim(false).withNullText("NULL");
    assertThat(rows(options, "·NULL,NULL")).isEqualTo("·NULL/∅");
    assertThat(rows(options.withNullText(" "), "1,·↵·↵\"·\"")).isEqualTo("1/∅");
    assertThat(rows(USUAL.withNullText(" "), "1,·")).isEqualTo("1/∅");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          x,y↵1,a               | 1/a
          x,y,z,more,fields↵1,a | 1/a
          ↵·↵""↵x↵1,a           | 1/a
          "x↵y",z↵1,a           | 1/a
          x,y                   | ``
          ↵                     | ``
          """)
  void skipsTheFirstRecordOfEveryMessage(String message, String rows) {
    assertThat(rows(USUAL.withHeaderIgnored(true), message)).isEqualTo(rows);
  }

  @Test
  void skipsTheHeaderOfEachMessageAnewWhateverItsFieldsAre() {
    Decoder decoder =
        new CsvDecoder(
            Shapes.of("a integer", "b text"),
            USUAL.withHeaderIgnored(true).withStrict(true),
            MessageLimits.DEFAULT);
    for (String header : List.of("a", "a,b", "a,b,c", "\"a\nb\"")) {
      assertThat(Shapes.rows(decoder, TestMessage.of(header + "\n1,x\n2,y")))
          .isEqualTo(List.of(List.of(1, "x"), List.of(2, "y")));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1;a                   | 1/a
          'a;b';'c''d'          | a;b/c'd
          "a";b,c               | "a"/b,c
          """)
  void takesOtherQuotesAndDelimiters(String message, String rows) {
    CsvOptions options = USUAL.withQuote('\'').withDelimiter(';');
    assertThat(rows(options, message).replace(";", "|")).isEqualTo(rows.replace(";", "|"));
  }

  @Test
  void takesATabAsDelimiter() {
    CsvOptions options = USUAL.withDelimiter('\t');
    assertThat(rows(options, "1→a↵→↵·1·→·a·")).isEqualTo("1/a;∅/∅;1/a");
    assertThat(rows(options, "\"1→\"→\"a\"")).isEqualTo("1→/a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,a,", "1,a,b", ",,", "1,a\n2,b,c", "1,\"a\",\"\""})
  void refusesSurplusFields(String message) {
    KadbException e = refusal(USUAL, Shapes.of(TWO), message);
    assertThat(e.sqlState()).isEqualTo("22P04");
    assertThat(e.getMessage()).contains("orders[3]@1842", "has 3 fields, wanted at most 2");
  }

  @Test
  void countsRecordsInErrors() {
    assertThat(refusal(USUAL, Shapes.of(TWO), "1,a\n\n2,b,c").getMessage()).contains("record 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,\"a", "1,\"a\"b", "1,\"a\" b", "1,\"a\" \"", "1", "1,a\n2\n"})
  void refusesLooseRecordsInStrictMode(String message) {
    KadbException e = refusal(USUAL.withStrict(true), Shapes.of(TWO), message);
    assertThat(e.sqlState()).isEqualTo("22P04");
    assertThat(e.getMessage()).contains("orders[3]@1842", "csv_strict");
    assertThat(rows(USUAL, message)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,a", "\"1\",\"a\"\"b\" \n", "1,a\"b\"c", "1,\n\n\"\"\n", ","})
  void acceptsProperRecordsInStrictMode(String message) {
    assertThat(rows(USUAL.withStrict(true), message)).isEqualTo(rows(USUAL, message));
  }

  @Test
  void givesDefaultsForAbsentFieldsOnly() {
    RowShape shape = Shapes.withLastDefault(Shapes.of("a integer", "b integer"), "7");
    assertThat(rowsOf(USUAL, shape, "1\n2,\n3,\"\"\n4,5"))
        .isEqualTo(
            List.of(List.of(1, 7), Arrays.asList(2, null), Arrays.asList(3, null), List.of(4, 5)));
  }

  @Test
  void refusesNullInANotNullColumn() {
    RowShape shape = Shapes.of("a integer", "b integer not null");
    for (String message : List.of("1,", "1,\"\"", "1")) {
      KadbException e = refusal(USUAL, shape, message);
      assertThat(e.sqlState()).isEqualTo("23502");
      assertThat(e.getMessage()).contains("orders[3]@1842", "column b");
    }
    RowShape withDefault = Shapes.withLastDefault(shape, "7");
    assertThat(rowsOf(USUAL, withDefault, "1")).isEqualTo(List.of(List.of(1, 7)));
  }

  @Test
  void refusesMalformedUtf8InWantedFieldsOnly() {
    TestMessage message = new TestMessage(new byte[] {'1', ',', (byte) 0xC3});
    Decoder decoder = new CsvDecoder(Shapes.of(TWO), USUAL, MessageLimits.DEFAULT);
    KadbException e =
        catchThrowableOfType(KadbException.class, () -> Shapes.rows(decoder, message));
    assertThat(e.sqlState()).isEqualTo("22021");
    assertThat(e.column()).contains("b");
    Decoder first = new CsvDecoder(Shapes.wanting(0, TWO), USUAL, MessageLimits.DEFAULT);
    assertThat(Shapes.rows(first, message)).isEqualTo(List.of(List.of("1")));
  }

  @Test
  void refusesMoreRowsThanTheLimit() {
    MessageLimits two = new MessageLimits(2, 1000);
    Decoder decoder = new CsvDecoder(Shapes.of(TWO), USUAL, two);
    assertThat(Shapes.rows(decoder, TestMessage.of("1,a\n\n2,b\n"))).hasSize(2);
    KadbException e =
        catchThrowableOfType(
            KadbException.class, () -> Shapes.rows(decoder, TestMessage.of("1,a\n2,b\n3,c")));
    assertThat(e.sqlState()).isEqualTo("54000");
    assertThat(e.getMessage()).contains("orders[3]@1842", "k_max_message_rows");
  }

  @Test
  void skipsASingleNullOfAOneColumnTable() {
    assertThat(rowsOf(USUAL, Shapes.of("a text"), "x\n\n\"\"\ny")).hasSize(2);
  }

  private static String rows(CsvOptions options, String message) {
    List<List<@Nullable Object>> rows = rowsOf(options, Shapes.of(TWO), signs(message));
    List<String> shown = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      shown.add(shown(row.get(0)) + "/" + shown(row.get(1)));
    }
    return String.join(";", shown);
  }

  private static String signs(String message) {
    return message.replace('↵', '\n').replace('←', '\r').replace('·', ' ').replace('→', '\t');
  }

  private static String shown(@Nullable Object value) {
    if (value == null) {
      return "∅";
    }
    String text = (String) value;
    return text.replace('\n', '↵').replace('\r', '←').replace(' ', '·').replace('\t', '→');
  }

  private static List<List<@Nullable Object>> rowsOf(
      CsvOptions options, RowShape shape, String message) {
    Decoder decoder = new CsvDecoder(shape, options, MessageLimits.DEFAULT);
    return Shapes.rows(decoder, TestMessage.of(message));
  }

  private static KadbException refusal(CsvOptions options, RowShape shape, String message) {
    KadbException e =
        catchThrowableOfType(KadbException.class, () -> rowsOf(options, shape, message));
    assertThat(e).isNotNull();
    return e;
  }
}
