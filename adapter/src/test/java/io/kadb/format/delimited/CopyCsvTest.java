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

/** Format csv with {@code csv_dialect 'postgresql'}. */
class CopyCsvTest extends DecoderContract {
  @Override
  protected Decoder decoder(RowShape shape, MessageLimits limits) {
    return Formats.of(
            "csv",
            FormatOptions.of(
                Map.of(
                    "csv_dialect",
                    "PostgreSQL",
                    "k_max_message_bytes",
                    Long.toString(limits.maxBytes()))))
        .decoder(shape);
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

  /** What PostgreSQL's COPY … CSV makes of the same lines. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1,a               | 1/a
          1,a↵2,b←3,c←↵4,d  | 1/a;2/b;3/c;4/d
          1,                | 1/∅
          1,""              | 1/¢
          ,                 | ∅/∅
          ·1·,·a·           | ·1·/·a·
          1,"a,b"           | 1/a,b
          1,"a↵b"           | 1/a↵b
          1,"a""b"          | 1/a"b
          1,a"b"c           | 1/abc
          1,"a"b            | 1/ab
          1,·"a"            | 1/·a
          1,a\\b            | 1/a\\b
          1,"\uFEFFa"       | 1/\uFEFFa
          """)
  void readsAsCopyDoes(String message, String rows) {
    assertThat(rows(Map.of(), message)).isEqualTo(rows);
  }

  @Test
  void takesAnEscapeOfItsOwn() {
    Map<String, String> options = Map.of("csv_escape", "\\", "csv_delimeter", ";");
    assertThat(rows(options, "\"a\\\"b\\\\c\\d\";x\\")).isEqualTo("a\"b\\c\\d/x\\");
  }

  @Test
  void theTextForNullCountsOnlyWithoutQuotes() {
    assertThat(rows(Map.of("csv_null", "NULL"), "NULL,\"NULL\"↵,x")).isEqualTo("∅/NULL;¢/x");
  }

  @Test
  void columnsCanTakeTheTextForNullAsItIs() {
    Map<String, String> options = Map.of("csv_force_not_null", "b, c");
    assertThat(rows(options, ",")).isEqualTo("∅/¢");
    assertThat(rows(Map.of("csv_force_not_null", "a,b", "csv_null", "N"), "N,N")).isEqualTo("N/N");
  }

  @Test
  void fillsUpRowsOnlyIfAsked() {
    KadbException e = refusal(Map.of(), "1");
    assertThat(e.sqlState()).isEqualTo("22P04");
    assertThat(e.getMessage()).contains("has 1 fields, wanted 2", "csv_fill_missing_fields");
    assertThat(rows(Map.of("csv_fill_missing_fields", "true"), "1↵2,b")).isEqualTo("1/∅;2/b");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"`1,a,b`", "`1,a,`", "`1,\"a`"})
  void refusesSurplusFieldsAndOpenQuotes(String message) {
    KadbException e = refusal(Map.of("csv_fill_missing_fields", "true"), message);
    assertThat(e.sqlState()).isEqualTo("22P04");
    assertThat(e.getMessage()).contains("orders[3]@1842");
  }

  @Test
  void skipsAHeader() {
    assertThat(rows(Map.of("csv_ignore_header", "on"), "a,b,c↵1,2")).isEqualTo("1/2");
  }

  @Test
  void readsManyRowsOfOneMessageWhateverTheirQuotes() {
    StringBuilder message = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      message.append(i % 3 == 0 ? "\"" + i + "\"\"\",x\n" : i + ",\"y,z\"\n");
    }
    Decoder decoder =
        Formats.of("csv", FormatOptions.of(Map.of("csv_dialect", "postgresql")))
            .decoder(Shapes.of("a text", "b text"));
    List<?> rows = Shapes.rows(decoder, TestMessage.of(message.toString()));
    assertThat(rows).hasSize(10_000);
    assertThat(rows.get(9_999)).isEqualTo(List.of("9999\"", "x"));
    assertThat(rows.get(9_998)).isEqualTo(List.of("9998", "y,z"));
  }

  @ParameterizedTest
  @CsvSource({"csv_dialect, excel", "csv_escape, ab", "csv_escape, ä"})
  void refusesWrongValues(String name, String value) {
    KadbException e = refusal(Map.of(name, value), "1,2");
    assertThat(e.sqlState()).isEqualTo("HV024");
    assertThat(e.getMessage()).contains(name);
  }

  private static String rows(Map<String, String> options, String message) {
    Map<String, String> all = new HashMap<>(Map.of("csv_dialect", "postgresql"));
    all.putAll(options);
    return Fields.rows("csv", all, message);
  }

  private static KadbException refusal(Map<String, String> options, String message) {
    KadbException e = catchThrowableOfType(KadbException.class, () -> rows(options, message));
    assertThat(e).isNotNull();
    return e;
  }
}
