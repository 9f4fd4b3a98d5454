package io.kadb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.RowShape.ValueColumn;
import io.kadb.message.Header;
import io.kadb.message.Message;
import io.kadb.message.TimestampType;
import io.kadb.type.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that come from the key, a header or the position of a message. */
class SourcedDecodersTest {
  private static final long MILLIS = 1_709_210_096_789L;
  private static final Envelope PLAIN =
      new Envelope("1,a\n2,b", "k", List.of(), MILLIS, TimestampType.CREATE);

  private record Envelope(
      @Nullable String text,
      @Nullable String keyText,
      List<Header> headers,
      long timestampMillis,
      TimestampType timestampType)
      implements Message {
    Envelope withValue(@Nullable String newText) {
      return new Envelope(newText, keyText, headers, timestampMillis, timestampType);
    }

    Envelope withKey(@Nullable String newKey) {
      return new Envelope(text, newKey, headers, timestampMillis, timestampType);
    }

    Envelope withHeaders(Header... newHeaders) {
      return new Envelope(text, keyText, List.of(newHeaders), timestampMillis, timestampType);
    }

    Envelope at(long newMillis, TimestampType newType) {
      return new Envelope(text, keyText, headers, newMillis, newType);
    }

    @Override
    public String topic() {
      return "orders";
    }

    @Override
    public int partition() {
      return 3;
    }

    @Override
    public long offset() {
      return 1842;
    }

    @Override
    public byte @Nullable [] key() {
      return bytes(keyText);
    }

    @Override
    public byte @Nullable [] value() {
      return bytes(text);
    }
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static Header header(String key, @Nullable String value) {
    return new Header(key, bytes(value));
  }

  @Test
  void repeatsWhatIsNotOfTheValueInEachRow() {
    assertThat(rows("csv", "text", PLAIN, "k text@key", "id int", "o bigint@offset", "n text"))
        .isEqualTo(List.of(List.of("k", 1, 1842L, "a"), List.of("k", 2, 1842L, "b")));
  }

  @Test
  void doesNotCountThemAmongTheColumnsOfTheValue() {
    assertThat(rows("text", "text", PLAIN, "k text@key", "v text", "p int@partition"))
        .isEqualTo(List.of(List.of("k", "1,a\n2,b", 3)));
    KadbException e = refusal("text", "text", PLAIN, "k text@key", "v text", "w text");
    assertThat(e.sqlState()).isEqualTo("HV004");
    assertThat(e.getMessage()).contains("single column, found 2");
    assertThat(refusal("text", "text", PLAIN, "k text@key").getMessage())
        .contains("single column, found 0");
  }

  @Test
  void fillsOnlyTheColumnsThatAreWanted() {
    List<SourcedColumn> columns = new ArrayList<>(columns("id int", "k int@key", "t text@topic"));
    columns.replaceAll(
        c -> slot(c, c.column().name().equals("t") ? Optional.of(0) : Optional.empty()));
    SourcedDecoders decoders =
        new SourcedDecoders(columns, 1, factory("csv"), Optional.of(factory("text")));
    assertThat(Shapes.rows(decoders.decoder(), PLAIN.withKey("no number").withValue("1")))
        .isEqualTo(List.of(List.of("orders")));
    columns.replaceAll(c -> slot(c, Optional.empty()));
    SourcedDecoders none =
        new SourcedDecoders(columns, 0, factory("csv"), Optional.of(factory("text")));
    assertThat(Shapes.rows(none.decoder(), PLAIN.withValue("1"))).isEqualTo(List.of(List.of()));
  }

  @Test
  void givesTheValuesOfEachMessageAnew() {
    Decoder decoder = decoder("csv", "text", "id int", "k text@key", "h text@header:h");
    assertThat(Shapes.rows(decoder, PLAIN.withValue("1").withHeaders(header("h", "x"))))
        .isEqualTo(List.of(List.of(1, "k", "x")));
    assertThat(Shapes.rows(decoder, PLAIN.withValue("2").withKey("l")))
        .isEqualTo(List.of(Arrays.asList(2, "l", null)));
    assertThat(Shapes.rows(decoder, PLAIN.withValue("3").withKey(null)))
        .isEqualTo(List.of(Arrays.asList(3, null, null)));
  }

  @Test
  void aMessageThatFailsLeavesNothingToTheNext() {
    Decoder decoder = decoder("csv", "csv", "id int", "k int@key");
    assertThat(catchThrowableOfType(KadbException.class, () -> failing(decoder, "1", "x")))
        .isNotNull();
    assertThat(Shapes.rows(decoder, PLAIN.withValue("2\n3").withKey("7")))
        .isEqualTo(List.of(List.of(2, 7), List.of(3, 7)));
    assertThat(catchThrowableOfType(KadbException.class, () -> failing(decoder, "4\nx", "8")))
        .isNotNull();
    assertThat(Shapes.rows(decoder, PLAIN.withValue("5").withKey("9")))
        .isEqualTo(List.of(List.of(5, 9)));
  }

  private static void failing(Decoder decoder, String value, String key) {
    Shapes.rows(decoder, PLAIN.withValue(value).withKey(key));
  }

  @Test
  void refusesAKeyThatDoesNotFollowItsFormat() {
    KadbException e =
        refusal("csv", "csv", PLAIN.withValue("1").withKey("7,x"), "b text@key", "id int");
    assertThat(e.sqlState()).isEqualTo("22P04");
    assertThat(e.getMessage()).contains("orders[3]@1842", "key: ", "2 fields");
  }

  @Test
  void readsSeveralColumnsOfTheKey() {
    Envelope csv = PLAIN.withValue("1").withKey("7,x");
    assertThat(rows("csv", "csv", csv, "a int@key", "id int", "b text@key"))
        .isEqualTo(List.of(List.of(7, 1, "x")));
    Envelope json = PLAIN.withValue("1").withKey("{\"b\":\"x\",\"a\":7}");
    assertThat(rows("csv", "json", json, "a int@key", "id int", "b text@key"))
        .isEqualTo(List.of(List.of(7, 1, "x")));
    KadbException e = refusal("csv", "text", PLAIN, "a int@key", "id int", "b text@key");
    assertThat(e.sqlState()).isEqualTo("HV004");
    assertThat(e.getMessage()).contains("key: ", "single column, found 2", "k_key_format");
  }

  @Test
  void givesDefaultOrNullForAMessageWithoutAKey() {
    Envelope none = PLAIN.withValue("1").withKey(null);
    assertThat(rows("csv", "text", none, "id int", "k int@key"))
        .isEqualTo(List.of(Arrays.asList(1, null)));
    assertThat(rows("csv", "text", none, "id int", "k int@key=5"))
        .isEqualTo(List.of(List.of(1, 5)));
    KadbException e = refusal("csv", "text", none, "id int", "k int not null@key");
    assertThat(e.sqlState()).isEqualTo("23502");
    assertThat(e.getMessage()).contains("orders[3]@1842", "column k: key: found NULL");
  }

  @Test
  void givesDefaultOrNullForAKeyWithoutARow() {
    assertThat(rows("csv", "json", PLAIN.withValue("1").withKey(""), "id int", "k int@key=5"))
        .isEqualTo(List.of(List.of(1, 5)));
    assertThat(rows("csv", "csv", PLAIN.withValue("1").withKey("\n"), "id int", "k int@key=5"))
        .isEqualTo(List.of(List.of(1, 5)));
    assertThat(rows("csv", "text", PLAIN.withValue("1").withKey(""), "id int", "k int@key=5"))
        .isEqualTo(List.of(Arrays.asList(1, null)));
  }

  @Test
  void refusesAKeyOfSeveralRows() {
    KadbException e =
        refusal("csv", "csv", PLAIN.withValue("1").withKey("1\n2"), "id int", "k int@key");
    assertThat(e.sqlState()).isEqualTo("22P04");
    assertThat(e.getMessage()).contains("orders[3]@1842", "key: found more than one row");
  }

  @Test
  void errorsSayWhichPartOfTheMessageItIs() {
    KadbException key = refusal("csv", "text", PLAIN.withKey("x"), "id int", "n text", "k int@key");
    assertThat(key.code()).isEqualTo(ErrorCode.BAD_TEXT);
    assertThat(key.getMessage()).startsWith("orders[3]@1842, column k: key: found \"x\"");
    Envelope message = PLAIN.withHeaders(header("trace", "x"));
    KadbException e = refusal("csv", "text", message, "a int", "n text", "t int@header:trace");
    assertThat(e.getMessage()).startsWith("orders[3]@1842, column t: header trace: found \"x\"");
    KadbException topic = refusal("csv", "text", PLAIN, "a int", "n text", "t int@topic");
    assertThat(topic.getMessage()).startsWith("orders[3]@1842, column t: topic: found \"orders\"");
    KadbException value = refusal("csv", "text", PLAIN, "a int", "n int", "t text@topic");
    assertThat(value.getMessage()).startsWith("orders[3]@1842, column n: found \"a\"");
  }

  @Test
  void doesNotReadTheKeyOfAMessageWithoutRows() {
    for (String value : Arrays.asList(null, "", "\n")) {
      Envelope message = PLAIN.withValue(value).withKey("no number");
      assertThat(rows("csv", "text", message, "id int", "k int@key")).isEmpty();
    }
  }

  @Test
  void takesTheLastHeaderOfAName() {
    Envelope message =
        PLAIN
            .withValue("1")
            .withHeaders(header("h", "1"), header("h", "2"), header("H", "3"), header("g", "4"));
    assertThat(rows("csv", "text", message, "id int", "h int@header:h"))
        .isEqualTo(List.of(List.of(1, 2)));
    Envelope nullLast = message.withHeaders(header("h", "1"), header("h", null));
    assertThat(rows("csv", "text", nullLast, "id int", "h int@header:h"))
        .isEqualTo(List.of(Arrays.asList(1, null)));
  }

  @Test
  void givesDefaultOrNullForAHeaderThatIsMissingOrNull() {
    for (Envelope message :
        List.of(PLAIN.withValue("1"), PLAIN.withValue("1").withHeaders(header("h", null)))) {
      assertThat(rows("csv", "text", message, "id int", "h text@header:h"))
          .isEqualTo(List.of(Arrays.asList(1, null)));
      assertThat(rows("csv", "text", message, "id int", "h text@header:h=x"))
          .isEqualTo(List.of(List.of(1, "x")));
      KadbException e = refusal("csv", "text", message, "id int", "h text not null@header:h");
      assertThat(e.sqlState()).isEqualTo("23502");
      assertThat(e.getMessage()).contains("column h: header h: found NULL");
    }
  }

  @Test
  void takesAnEmptyHeaderAsTheEmptyText() {
    Envelope message = PLAIN.withValue("1").withHeaders(header("h", ""));
    assertThat(rows("csv", "text", message, "id int", "h text@header:h=x"))
        .isEqualTo(List.of(List.of(1, "")));
  }

  @Test
  void decodesHeadersStrictly() {
    Envelope message =
        PLAIN.withValue("1").withHeaders(new Header("h", new byte[] {'a', (byte) 0xC3}));
    KadbException e = refusal("csv", "text", message, "id int", "h text@header:h");
    assertThat(e.sqlState()).isEqualTo("22021");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bigint            | partition | 3
          smallint          | partition | 3
          text              | partition | 3
          bigint            | offset    | 1842
          integer           | offset    | 1842
          numeric(10,2)     | offset    | 1842.00
          text              | topic     | orders
          char(8)           | topic     | 'orders  '
          bigint            | timestamp | 1709210096789
          numeric           | timestamp | 1709210096789
          timestamp         | timestamp | 1709210096789000
          timestamp(3)      | timestamp | 1709210096789000
          timestamp(0)      | timestamp | 1709210097000000
          timestamptz       | timestamp | 1709210096789000
          timestamptz(1)    | timestamp | 1709210096800000
          date              | timestamp | 19782
          time              | timestamp | 45296789000
          text              | timestamp | 2024-02-29 12:34:56.789
          varchar(23)       | timestamp | 2024-02-29 12:34:56.789
          """)
  void givesThePositionInTheTypeOfItsColumn(String type, String source, String value) {
    List<List<@Nullable Object>> rows =
        rows("csv", "text", PLAIN.withValue("1"), "id int", "c " + type + "@" + source);
    Object found = rows.get(0).get(1);
    assertThat(found).isInstanceOf(ColumnType.parse(type).kind().valueClass());
    assertThat(found).hasToString(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "jsonb", "text"})
  void givesWhereTheMessageStandsAsOneJsonObject(String type) {
    assertThat(rows("csv", "text", PLAIN.withValue("1"), "id int", "m " + type + "@meta"))
        .isEqualTo(
            List.of(
                List.of(
                    1,
                    "{\"topic\":\"orders\",\"partition\":3,\"offset\":1842,"
                        + "\"timestamp\":1709210096789}")));
    Envelope undated = PLAIN.withValue("1").at(-1, TimestampType.NONE);
    assertThat(rows("csv", "text", undated, "id int", "m json@meta").get(0).get(1))
        .asString()
        .endsWith("\"timestamp\":null}");
  }

  @ParameterizedTest
  @CsvSource({
    "integer, timestamp, 22003", "smallint, timestamp, 22003", "uuid, offset, 22P02",
    "boolean, partition, 22P02", "varchar(5), topic, 22001", "integer, topic, 22P02"
  })
  void refusesAPositionThatIsNoValueOfTheType(String type, String source, String state) {
    KadbException e = refusal("csv", "text", PLAIN, "id int", "n text", "c " + type + "@" + source);
    assertThat(e.sqlState()).isEqualTo(state);
    assertThat(e.getMessage()).contains("orders[3]@1842", "column c: " + source + ":");
  }

  @Test
  void givesDefaultOrNullForAMessageWithoutATimestamp() {
    Envelope message = PLAIN.withValue("1").at(-1, TimestampType.NONE);
    assertThat(rows("csv", "text", message, "id int", "t timestamp@timestamp"))
        .isEqualTo(List.of(Arrays.asList(1, null)));
    assertThat(rows("csv", "text", message, "id int", "t bigint@timestamp=0"))
        .isEqualTo(List.of(List.of(1, 0L)));
  }

  @ParameterizedTest
  @ValueSource(longs = {253_402_300_800_000L, Long.MAX_VALUE})
  void refusesATimestampPastTheYear9999(long millis) {
    Envelope message = PLAIN.withValue("1").at(millis, TimestampType.CREATE);
    for (String type : List.of("timestamp", "timestamptz(0)", "text")) {
      KadbException e = refusal("csv", "text", message, "id int", "t " + type + "@timestamp");
      assertThat(e.sqlState()).isEqualTo("22008");
      assertThat(e.getMessage()).contains("column t: timestamp: found " + millis);
    }
    assertThat(rows("csv", "text", message, "id int", "t bigint@timestamp"))
        .isEqualTo(List.of(List.of(1, millis)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "KEY", "value", "header", "header:", " key", "partition ", "offsets"})
  void refusesOtherSources(String source) {
    KadbException e = catchThrowableOfType(KadbException.class, () -> ColumnSource.of(source));
    assertThat(e.sqlState()).isEqualTo("HV024");
    assertThat(e.getMessage())
        .contains("source", "key, header:name, partition, offset, timestamp, topic or meta");
  }

  @Test
  void takesAnyNameOfAHeader() {
    assertThat(ColumnSource.of("header:a:b c")).isEqualTo(new ColumnSource.NamedHeader("a:b c"));
  }

  private static List<List<@Nullable Object>> rows(
      String format, String keyFormat, Message message, String... columns) {
    return Shapes.rows(decoder(format, keyFormat, columns), message);
  }

  private static KadbException refusal(
      String format, String keyFormat, Message message, String... columns) {
    KadbException e =
        catchThrowableOfType(KadbException.class, () -> rows(format, keyFormat, message, columns));
    assertThat(e).isNotNull();
    return e;
  }

  private static Decoder decoder(String format, String keyFormat, String... columns) {
    return new SourcedDecoders(
            columns(columns),
            columns.length,
            factory(format),
            Arrays.stream(columns).anyMatch(c -> c.contains("@key"))
                ? Optional.of(factory(keyFormat))
                : Optional.empty())
        .decoder();
  }

  private static DecoderFactory factory(String format) {
    return Formats.of(format, FormatOptions.of(Map.of()));
  }

  /** Reads columns such as {@code "k int@key=5"}: name and type, source, default. */
  private static List<SourcedColumn> columns(String... texts) {
    List<SourcedColumn> columns = new ArrayList<>();
    for (String text : texts) {
      String[] parts = text.split("@");
      String[] source = (parts.length > 1 ? parts[1] : "").split("=");
      RowShape shape = Shapes.of(parts[0]);
      ValueColumn column =
          (source.length > 1 ? Shapes.withLastDefault(shape, source[1]) : shape).columns().get(0);
      columns.add(
          slot(
              new SourcedColumn(
                  column,
                  parts.length > 1 ? ColumnSource.of(source[0]) : ColumnSource.Payload.VALUE),
              Optional.of(columns.size())));
    }
    return columns;
  }

  private static SourcedColumn slot(SourcedColumn one, Optional<Integer> slot) {
    ValueColumn column = one.column();
    return new SourcedColumn(
        new ValueColumn(column.name(), column.type(), column.notNull(), column.defaultText(), slot),
        one.source());
  }
}
