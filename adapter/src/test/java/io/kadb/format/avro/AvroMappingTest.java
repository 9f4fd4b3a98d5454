package io.kadb.format.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which Avro values which columns take, and as what. Bytes are as Avro's specification says. */
class AvroMappingTest {
  private static final String DECIMAL2 =
      "{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}";
  private static final String FIXED12 = "{'type':'fixed','name':'F','size':12}";
  private static final String DURATION =
      "{'type':'fixed','name':'F','size':12,'logicalType':'duration'}";

  private static Schema field(String type) {
    String json = type.replace('\'', '"');
    boolean named = json.startsWith("{") || json.startsWith("[");
    return AvroBytes.field(named ? json : "\"" + json + "\"");
  }

  private static String logical(String physical, String logical) {
    return "{'type':'" + physical + "','logicalType':'" + logical + "'}";
  }

  private static Object value(String type, String hex, String column) {
    return AvroBytes.value(field(type), AvroBytes.hex(hex), column);
  }

  private static KadbException refusal(String type, String hex, String column) {
    KadbException e = catchThrowableOfType(KadbException.class, () -> value(type, hex, column));
    assertThat(e).as(type + " into " + column).isNotNull();
    assertThat(e.getMessage()).startsWith("orders[3]@1842, column c: ");
    return e;
  }

  /** Type, bytes, column, value. */
  static Stream<Arguments> values() {
    return Stream.of(
        // numbers
        Arguments.of("int", "36", "smallint", (short) 27),
        Arguments.of("int", "36", "integer", 27),
        Arguments.of("int", "36", "bigint", 27L),
        Arguments.of("long", "7f", "smallint", (short) -64),
        Arguments.of("long", "8001", "integer", 64),
        Arguments.of("long", "ffffffffffffffffff01", "bigint", Long.MIN_VALUE),
        Arguments.of("long", "feffffffffffffffff01", "bigint", Long.MAX_VALUE),
        Arguments.of("int", "ffffffff0f", "integer", Integer.MIN_VALUE),
        Arguments.of("int", "ffff03", "smallint", Short.MIN_VALUE),
        Arguments.of("int", "36", "double precision", 27.0),
        Arguments.of("long", "36", "double precision", 27.0),
        Arguments.of("int", "35", "numeric", new BigDecimal("-27")),
        Arguments.of("long", "35", "numeric(5,2)", new BigDecimal("-27.00")),
        Arguments.of("float", "0000c03f", "real", 1.5f),
        Arguments.of("float", "cdcccc3d", "double precision", (double) 0.1f),
        Arguments.of("float", "0000c07f", "real", Float.NaN),
        Arguments.of("double", "000000000000f8bf", "double precision", -1.5),
        Arguments.of("double", "9a9999999999b93f", "real", 0.1f),
        Arguments.of("double", "000000000000f0ff", "real", Float.NEGATIVE_INFINITY),
        Arguments.of("double", "000000000000f07f", "double precision", Double.POSITIVE_INFINITY),
        // decimals
        Arguments.of(DECIMAL2, "04 04d2", "numeric", new BigDecimal("12.34")),
        Arguments.of(DECIMAL2, "04 fb2e", "numeric(9,4)", new BigDecimal("-12.3400")),
        Arguments.of(DECIMAL2, "04 04d3", "numeric(9,1)", new BigDecimal("12.4")),
        Arguments.of(DECIMAL2, "04 fb2d", "numeric(9,1)", new BigDecimal("-12.4")),
        Arguments.of("bytes", "04 04d2", "numeric(9,3)", new BigDecimal("1.234")),
        Arguments.of("bytes", "04 04d2", "numeric", new BigDecimal("1234")),
        Arguments.of(
            "{'type':'bytes','logicalType':'decimal'}",
            "0201",
            "numeric(3,1)",
            new BigDecimal("0.1")),
        Arguments.of(
            "{'type':'bytes','logicalType':'decimal','scale':1}",
            "0201",
            "numeric",
            new BigDecimal("0.1")),
        Arguments.of(
            "{'type':'fixed','name':'F','size':3,'logicalType':'decimal','scale':3}",
            "ffffff",
            "numeric",
            new BigDecimal("-0.001")),
        Arguments.of(
            "bytes",
            "12 010000000000000000",
            "numeric",
            new BigDecimal(BigInteger.ONE.shiftLeft(64))),
        // the rest
        Arguments.of("boolean", "01", "boolean", true),
        Arguments.of("boolean", "00", "boolean", false),
        Arguments.of("string", "06 666f6f", "text", "foo"),
        Arguments.of("string", "04 c3a4", "varchar(1)", "ä"),
        Arguments.of("string", "02 61", "char(3)", "a  "),
        Arguments.of("string", "00", "text", ""),
        Arguments.of("string", "06 203720", "integer", 7),
        Arguments.of("string", "06 796573", "boolean", true),
        Arguments.of("string", "06 4e614e", "real", Float.NaN),
        Arguments.of("string", "14 323032342d30322d3239", "date", 19782),
        Arguments.of("string", "0e 7b2261223a317d", "jsonb", "{\"a\":1}"),
        Arguments.of("string", "0c 31302e302e31", "inet", "10.0.1"),
        Arguments.of("{'type':'enum','name':'E','symbols':['A','B']}", "02", "text", "B"),
        Arguments.of("{'type':'enum','name':'E','symbols':['yes','no']}", "02", "boolean", false),
        Arguments.of(
            logical("string", "uuid"),
            "48 " + hexOf("6BA7B810-9DAD-11D1-80B4-00C04FD430C8"),
            "uuid",
            "6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        Arguments.of(
            "{'type':'fixed','name':'F','size':16,'logicalType':'uuid'}",
            "6ba7b8109dad11d180b400c04fd430c8",
            "uuid",
            "6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        Arguments.of("['null']", "00", "text", null),
        Arguments.of("['null']", "00", "integer", null));
  }

  private static String hexOf(String text) {
    return String.format("%x", new BigInteger(1, text.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Type, value as a long, column, value. */
  static Stream<Arguments> times() {
    long day = 86_400_000_000L;
    return Stream.of(
        Arguments.of("int", -1L, "date", -1),
        Arguments.of(logical("int", "date"), 19782L, "date", 19782),
        Arguments.of("int", -719162L, "date", -719162),
        Arguments.of("int", 86_399_999L, "time", 86_399_999_000L),
        Arguments.of(logical("int", "time-millis"), 1L, "time", 1000L),
        Arguments.of("long", day - 1, "time", day - 1),
        Arguments.of(logical("long", "time-micros"), 1500L, "time(3)", 2000L),
        Arguments.of("long", 1500L, "timestamp", 1500L),
        Arguments.of("long", 1500L, "timestamp(6)", 1500L),
        Arguments.of("long", 1555L, "timestamp(4)", 1600L),
        Arguments.of("long", 1500L, "timestamp(3)", 1_500_000L),
        Arguments.of("long", 1501L, "timestamp(0)", 2_000_000L),
        Arguments.of("long", -1500L, "timestamp(3)", -1_500_000L),
        Arguments.of(logical("long", "timestamp-millis"), 1500L, "timestamp", 1_500_000L),
        Arguments.of(logical("long", "timestamp-millis"), 1500L, "timestamp(0)", 1_000_000L),
        Arguments.of(logical("long", "timestamp-micros"), 1500L, "timestamp(3)", 1000L),
        Arguments.of(logical("long", "timestamp-micros"), 1500L, "timestamp", 1500L),
        Arguments.of(logical("long", "timestamp-nanos"), 1499L, "timestamp", 1L),
        Arguments.of(logical("long", "timestamp-nanos"), 1500L, "timestamp", 2L),
        Arguments.of(logical("long", "timestamp-nanos"), -1500L, "timestamp", -1L),
        Arguments.of(logical("long", "timestamp-nanos"), -1501L, "timestamp", -2L),
        Arguments.of(logical("long", "local-timestamp-millis"), -1L, "timestamp", -1000L),
        Arguments.of(logical("long", "local-timestamp-micros"), -1L, "timestamp", -1L),
        Arguments.of(logical("long", "local-timestamp-nanos"), 1000L, "timestamp", 1L),
        Arguments.of(logical("long", "timestamp-millis"), 1L, "timestamptz", 1000L),
        Arguments.of(logical("long", "timestamp-millis"), 1L, "bigint", 1L),
        Arguments.of(logical("int", "no-such-type"), 1L, "date", 1));
  }

  @ParameterizedTest
  @MethodSource("values")
  void readsValuesAsTheirColumns(String type, String hex, String column, Object wanted) {
    assertThat(value(type, hex, column)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @MethodSource("times")
  void readsDatesAndTimesByTheSchemaAndElseByTheColumn(
      String type, long number, String column, Object wanted) {
    byte[] bytes = AvroDecoderTest.number(number);
    assertThat(AvroBytes.value(field(type), bytes, column)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @MethodSource("times")
  void aLogicalTypeAtTheFieldCountsAsWell(String type, long number, String column, Object wanted) {
    String attributes = type.startsWith("{") ? type.substring(1, type.length() - 1) : null;
    String json = attributes == null ? "'type':'" + type + "'" : attributes;
    Schema schema = AvroBytes.record(("{'name':'f'," + json + "}").replace('\'', '"'));
    byte[] bytes = AvroDecoderTest.number(number);
    assertThat(AvroBytes.value(schema, bytes, column)).isEqualTo(wanted);
  }

  @Test
  void aDecimalAtTheFieldCountsAsWellAlsoThroughAUnion() {
    Schema plain =
        AvroBytes.record(
            "{\"name\":\"f\",\"type\":\"bytes\",\"logicalType\":\"decimal\",\"scale\":2}");
    assertThat(AvroBytes.value(plain, AvroBytes.hex("04 04d2"), "numeric"))
        .isEqualTo(new BigDecimal("12.34"));
    Schema union =
        AvroBytes.record(
            "{\"name\":\"f\",\"type\":[\"null\",\"long\"],\"logicalType\":\"timestamp-millis\"}");
    assertThat(AvroBytes.value(union, AvroBytes.hex("02 02"), "timestamp")).isEqualTo(1000L);
    assertThat(AvroBytes.value(union, AvroBytes.hex("00"), "timestamp")).isNull();
  }

  @Test
  void readsBytesAndFixedAsBytea() {
    assertThat((byte[]) value("bytes", "06 01ff00", "bytea")).isEqualTo(new byte[] {1, -1, 0});
    assertThat((byte[]) value(FIXED12, "000102030405060708090a0b", "bytea")).hasSize(12);
    assertThat((byte[]) value("bytes", "00", "bytea")).isEmpty();
    assertThat((byte[]) value("string", "0c 5c7830316666", "bytea")).isEqualTo(new byte[] {1, -1});
  }

  @ParameterizedTest
  @CsvSource({
    "01000000 02000000 8c0f0000, P1M2DT3.98S",
    "00000000 00000000 00000000, PT0S",
    "0d000000 00000000 ffffffff, P1Y1MT1193H2M47.295S",
    "00000000 ffffff7f 01000000, P2147483647DT0.001S"
  })
  void readsDurationsAsUnsignedLittleEndianNumbers(String hex, String wanted) {
    assertThat(value(DURATION, hex, "interval")).isEqualTo(wanted);
    assertThat(value(FIXED12, hex, "interval")).isEqualTo(wanted);
  }

  @Test
  void takesTheCurrentBranchOfAUnion() {
    String union = "['string','null','int',{'type':'array','items':'int'}]";
    assertThat(value(union, "00 06 203720", "integer")).isEqualTo(7);
    assertThat(value(union, "02", "integer")).isNull();
    assertThat(value(union, "04 36", "integer")).isEqualTo(27);
    assertThat(refusal(union, "06 02 02 00", "integer").sqlState()).isEqualTo("22P03");
    assertThat(value(union, "06 02 02 00", "json")).isEqualTo("[1]");
    assertThat(refusal(union, "04 36", "text").sqlState()).isEqualTo("22P03");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int | 80 80 04 | smallint | 22003",
        "long | feffffffffffffffff01 | integer | 22003",
        "int | feffffff0f | numeric(4,2) | 22003",
        "double | 9c7500883ce4377e | real | 22003",
        "double | 0100000000000000 | real | 22003",
        "int | feffffff0f | date | 22008",
        "int | f5e457 | date | 22008",
        "int | ff01 | time | 22008",
        "int | 80f0b252 | time | 22008",
        "long | 01 | time | 22008",
        "long | ffffffffffffffffff01 | timestamp | 22008",
        "long | feffffffffffffffff01 | timestamp(3) | 22008",
        "{'type':'long','logicalType':'timestamp-millis'} | feffffffffffffffff01 | timestamp | 22008",
        "{'type':'fixed','name':'F','size':12,'logicalType':'duration'} | 000000ff 00000000 00000000 | interval | 22015",
        "{'type':'bytes','logicalType':'decimal','scale':2} | 06 0186a0 | numeric(4,2) | 22003",
        "{'type':'bytes','logicalType':'decimal','scale':-1} | 0201 | numeric | 22P03",
        "{'type':'bytes','logicalType':'decimal','scale':'1'} | 0201 | numeric | 22P03",
        "bytes | 00 | numeric | 22P03",
        "string | 02 61 | integer | 22P02",
        "string | 06 616263 | varchar(2) | 22001",
        "string | 02 ff | text | 22021",
        "string | 02 00 | text | 22021",
      })
  void refusesValuesOutsideTheColumn(String type, String hex, String column, String state) {
    assertThat(refusal(type, hex, column).sqlState()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int | 02 | text | int",
        "int | 02 | real | int",
        "int | 02 | boolean | int",
        "int | 02 | timestamp | int",
        "int | 02 | bytea | int",
        "int | 02 | json | int",
        "long | 02 | date | long",
        "long | 02 | real | long",
        "long | 02 | interval | long",
        "float | 00000000 | numeric | float",
        "float | 00000000 | integer | float",
        "double | 0000000000000000 | numeric | double",
        "double | 0000000000000000 | bigint | double",
        "boolean | 01 | integer | boolean",
        "boolean | 01 | text | boolean",
        "bytes | 00 | text | bytes",
        "bytes | 00 | uuid | bytes",
        "{'type':'fixed','name':'F','size':11} | 0000000000000000000000 | interval | fixed",
        "{'type':'int','logicalType':'time-millis'} | 02 | date | time-millis",
        "{'type':'int','logicalType':'date'} | 02 | time | date",
        "{'type':'long','logicalType':'time-micros'} | 02 | timestamp | time-micros",
        "{'type':'long','logicalType':'timestamp-micros'} | 02 | time | timestamp-micros",
        "{'type':'array','items':'int'} | 00 | integer | array",
        "{'type':'map','values':'int'} | 00 | uuid | map",
      })
  void aTypeThatAColumnNeverTakesIsNamed(String type, String hex, String column, String found) {
    KadbException e = refusal(type, hex, column);
    assertThat(e.sqlState()).isEqualTo("22P03");
    assertThat(e.getMessage()).contains("found Avro", found, "wanted");
  }

  @Test
  void aTypeThatAColumnNeverTakesIsNoErrorBeforeAValueIsMet() {
    assertThat(value("['null','int']", "00", "text")).isNull();
    assertThat(
            AvroBytes.rows(
                AvroBytes.file(AvroBytes.field("[\"null\",\"int\"]"), (Object) null), "c uuid"))
        .isEqualTo(List.of(Arrays.asList((Object) null)));
  }

  @Test
  void nullInAColumnThatIsNotNullIsAnError() {
    assertThat(refusal("['null','int']", "00", "integer not null").sqlState()).isEqualTo("23502");
  }

  /** Type, bytes, JSON; the form is that of PostgreSQL's to_json. */
  static Stream<Arguments> nested() {
    String decimal = "{'type':'bytes','logicalType':'decimal','scale':2}";
    return Stream.of(
        Arguments.of("{'type':'array','items':'long'}", "04 36 0d 02 02 00", "[27,-7,1]"),
        Arguments.of("{'type':'array','items':'long'}", "00", "[]"),
        Arguments.of("{'type':'array','items':'long'}", "03 04 06 0e 00", "[3,7]"),
        Arguments.of("{'type':'map','values':'int'}", "02 02 61 02 00", "{\"a\":1}"),
        Arguments.of(
            "{'type':'map','values':['null','string']}",
            "04 02 61 00 02 62 02 02 22 00",
            "{\"a\":null,\"b\":\"\\\"\"}"),
        Arguments.of(
            "{'type':'record','name':'s','fields':[{'name':'a','type':'int'},"
                + "{'name':'b','type':{'type':'array','items':'boolean'}}]}",
            "02 02 01 00",
            "{\"a\":1,\"b\":[true]}"),
        Arguments.of(
            "{'type':'array','items':{'type':'record','name':'s','fields':[]}}",
            "04 00",
            "[{},{}]"),
        Arguments.of(
            "{'type':'array','items':'double'}",
            "06 000000000000f87f 000000000000f0ff 9a9999999999b93f 00",
            "[\"NaN\",\"-Infinity\",0.1]"),
        Arguments.of("{'type':'array','items':'float'}", "02 cdcccc3d 00", "[0.1]"),
        Arguments.of("{'type':'array','items':'bytes'}", "02 04 01ff 00", "[\"\\\\x01ff\"]"),
        Arguments.of(
            "{'type':'array','items':'string'}", "02 06 0a225c 00", "[\"\\u000a\\\"\\\\\"]"),
        Arguments.of("{'type':'array','items':" + decimal + "}", "02 04 04d2 00", "[12.34]"),
        Arguments.of(
            "{'type':'array','items':{'type':'enum','name':'E','symbols':['A','B']}}",
            "04 02 00 00",
            "[\"B\",\"A\"]"),
        Arguments.of(
            "{'type':'array','items':" + logical("int", "date") + "}",
            "02 8cb502 00",
            "[\"2024-02-29\"]"),
        Arguments.of(
            "{'type':'array','items':" + logical("int", "time-millis") + "}",
            "02 02 00",
            "[\"00:00:00.001\"]"),
        Arguments.of(
            "{'type':'array','items':" + logical("long", "timestamp-millis") + "}",
            "02 02 00",
            "[\"1970-01-01T00:00:00.001+00:00\"]"),
        Arguments.of(
            "{'type':'array','items':" + logical("long", "local-timestamp-micros") + "}",
            "02 02 00",
            "[\"1970-01-01T00:00:00.000001\"]"),
        Arguments.of(
            "{'type':'array','items':" + DURATION + "}",
            "02 01000000 02000000 8c0f0000 00",
            "[\"P1M2DT3.98S\"]"));
  }

  @ParameterizedTest
  @MethodSource("nested")
  void readsRecordsArraysAndMapsAsJson(String type, String hex, String json) {
    for (String column : List.of("json", "jsonb", "text", "varchar")) {
      assertThat(value(type, hex, column)).isEqualTo(json);
    }
  }

  @Test
  void readsSchemasThatHoldThemselves() {
    String list =
        "['null',{'type':'record','name':'L','fields':[{'name':'v','type':'int'},"
            + "{'name':'next','type':['null','L']}]}]";
    assertThat(value(list, "02 02 02 04 00", "json"))
        .isEqualTo("{\"v\":1,\"next\":{\"v\":2,\"next\":null}}");
    KadbException e = refusal(list, "0202".repeat(5000) + "00", "json");
    assertThat(e.getMessage()).contains("levels deep");
    Schema skipped =
        AvroBytes.record(
            "{\"name\":\"f\",\"type\":\"int\"}",
            ("{'name':'l','type':" + list + "}").replace('\'', '"'));
    assertThat(AvroBytes.value(skipped, AvroBytes.hex("02 02 02 02 04 00"), "integer"))
        .isEqualTo(1);
    KadbException deep =
        catchThrowableOfType(
            KadbException.class,
            () ->
                AvroBytes.value(
                    skipped, AvroBytes.hex("02" + "0202".repeat(5000) + "00"), "integer"));
    assertThat(deep.getMessage()).contains("levels deep");
  }

  @Test
  void itemsWithoutBytesAreBoundedOrPassedOver() {
    String nulls = "{'type':'array','items':'null'}";
    String many = "feffffffffffffff1f";
    KadbException e = refusal(nulls, many + "00", "json");
    assertThat(e.sqlState()).isEqualTo("54000");
    Schema skipped =
        AvroBytes.record(
            "{\"name\":\"f\",\"type\":\"int\"}",
            ("{'name':'l','type':" + nulls + "}").replace('\'', '"'));
    assertThat(AvroBytes.value(skipped, AvroBytes.hex("02" + many + "00"), "integer")).isEqualTo(1);
  }
}
