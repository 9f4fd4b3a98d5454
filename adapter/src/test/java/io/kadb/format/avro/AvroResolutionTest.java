package io.kadb.format.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import io.kadb.format.Shapes;
import io.kadb.format.TestMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of one schema read as another: Avro's schema resolution, by option avro_schema. */
class AvroResolutionTest {
  private static Schema record(String fields) {
    return AvroBytes.schema(
        "{\"type\":\"record\",\"name\":\"r\",\"fields\":[" + fields.replace('\'', '"') + "]}");
  }

  private static List<List<@Nullable Object>> rows(
      Schema writer, Schema reader, String match, byte[] bare, String... columns) {
    byte[] file =
        AvroDecoderTest.join(
            AvroBytes.file(writer, org.apache.avro.file.CodecFactory.nullCodec(), 1, List.of()),
            AvroDecoderTest.number(1),
            AvroDecoderTest.number(bare.length),
            bare);
    byte[] sync = Arrays.copyOfRange(file, syncAt(writer), syncAt(writer) + 16);
    Map<String, String> options =
        new TreeMap<>(Map.of("avro_schema", reader.toString(), "avro_match", match));
    return Shapes.rows(
        AvroBytes.decoder("avro", Shapes.of(columns), options),
        new TestMessage(AvroDecoderTest.join(file, sync)));
  }

  private static int syncAt(Schema writer) {
    return AvroBytes.file(writer, org.apache.avro.file.CodecFactory.nullCodec(), 1, List.of())
            .length
        - 16;
  }

  private static Object value(String writerField, String hex, String readerField, String column) {
    return rows(
            record("{'name':'f'," + writerField + "}"),
            record("{'name':'f'," + readerField + "}"),
            "position",
            AvroBytes.hex(hex),
            "c " + column)
        .get(0)
        .get(0);
  }

  private static KadbException refusal(
      String writerField, String hex, String readerField, String column) {
    KadbException e =
        catchThrowableOfType(
            KadbException.class, () -> value(writerField, hex, readerField, column));
    assertThat(e).isNotNull();
    assertThat(e.getMessage()).startsWith("orders[3]@1842");
    return e;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'type':'int' | 36 | 'type':'long' | bigint | 27",
        "'type':'int' | 36 | 'type':'float' | real | 27.0",
        "'type':'int' | 36 | 'type':'double' | double precision | 27.0",
        "'type':'long' | 36 | 'type':'float' | real | 27.0",
        "'type':'long' | 36 | 'type':'double' | double precision | 27.0",
        "'type':'float' | 0000c03f | 'type':'double' | double precision | 1.5",
        "'type':'bytes' | 06666f6f | 'type':'string' | text | foo",
        "'type':'int' | 36 | 'type':['null','long'] | bigint | 27",
        "'type':['null','int'] | 0236 | 'type':'int' | integer | 27",
        "'type':['int','string'] | 0206666f6f | 'type':['string','int'] | text | foo",
        "'type':['int','string'] | 0036 | 'type':['string','double'] | double precision | 27.0",
        "'type':'int' | 36 | 'type':{'type':'long','logicalType':'timestamp-millis'} | timestamp | 27000",
        "'type':{'type':'long','logicalType':'timestamp-millis'} | 36 | 'type':'long' | timestamp | 27000",
      })
  void promotesAsAvroDoes(String writer, String hex, String reader, String column, String wanted) {
    assertThat(String.valueOf(value(writer, hex, reader, column))).isEqualTo(wanted);
  }

  @Test
  void promotesStringsToBytes() {
    assertThat((byte[]) value("'type':'string'", "06666f6f", "'type':'bytes'", "bytea"))
        .isEqualTo(new byte[] {'f', 'o', 'o'});
  }

  @Test
  void fieldsAreFoundByNameAliasAndDefaultWhateverTheirOrder() {
    Schema writer =
        record(
            "{'name':'a','type':'int'},{'name':'unused','type':'string'},"
                + "{'name':'old','type':'string'},{'name':'z','type':'int'}");
    Schema reader =
        record(
            "{'name':'fresh','type':'string','default':'d'},"
                + "{'name':'new','aliases':['old'],'type':'string'},"
                + "{'name':'maybe','type':['null','int'],'default':null},"
                + "{'name':'a','type':'long'},"
                + "{'name':'list','type':{'type':'array','items':'int'},'default':[1,2]}");
    byte[] bare = AvroBytes.hex("36 02 78 02 79 08");
    List<List<@Nullable Object>> wanted = List.of(Arrays.asList("d", "y", null, 27L, "[1,2]"));
    assertThat(
            rows(
                writer,
                reader,
                "position",
                bare,
                "a text",
                "b text",
                "c int",
                "d bigint",
                "e json"))
        .isEqualTo(wanted);
    assertThat(rows(writer, reader, "name", bare, "list json", "a bigint", "new text", "old text"))
        .isEqualTo(List.of(Arrays.asList("[1,2]", 27L, "y", null)));
  }

  @Test
  void enumsResolveBySymbolAndDefault() {
    String writer = "'type':{'type':'enum','name':'E','symbols':['A','B','C']}";
    String reader = "'type':{'type':'enum','name':'E','symbols':['C','X','B'],'default':'X'}";
    assertThat(value(writer, "04", reader, "text")).isEqualTo("C");
    assertThat(value(writer, "02", reader, "text")).isEqualTo("B");
    assertThat(value(writer, "00", reader, "text")).isEqualTo("X");
    String strict = "'type':{'type':'enum','name':'E','symbols':['C','B']}";
    assertThat(value(writer, "04", strict, "text")).isEqualTo("C");
    assertThat(refusal(writer, "00", strict, "text").getMessage()).contains("symbol A");
  }

  @Test
  void nestedRecordsResolveAsWell() {
    String writer =
        "'type':{'type':'array','items':{'type':'record','name':'s','fields':["
            + "{'name':'a','type':'int'},{'name':'b','type':'string'}]}}";
    String reader =
        "'type':{'type':'array','items':{'type':'record','name':'s','fields':["
            + "{'name':'c','type':'int','default':7},{'name':'a','type':'double'}]}}";
    assertThat(value(writer, "02 36 02 78 00", reader, "json")).isEqualTo("[{\"a\":27,\"c\":7}]");
  }

  @Test
  void whatDoesNotResolveIsAnErrorThatSaysWhy() {
    KadbException type = refusal("'type':'string'", "06666f6f", "'type':'int'", "integer");
    assertThat(type.sqlState()).isEqualTo("22P04");
    assertThat(type.getMessage()).contains("avro_schema", "string", "int", "column c");
    Schema writer = record("{'name':'f','type':'int'}");
    Schema reader = record("{'name':'f','type':'int'},{'name':'g','type':'int'}");
    KadbException missing =
        catchThrowableOfType(
            KadbException.class,
            () -> rows(writer, reader, "position", AvroBytes.hex("36"), "a int", "b int"));
    assertThat(missing.getMessage()).contains("avro_schema", "missing required field g");
    KadbException branch =
        refusal("'type':['int','string']", "0206666f6f", "'type':'int'", "integer");
    assertThat(branch.getMessage()).contains("string");
    assertThat(value("'type':['int','string']", "0036", "'type':'int'", "integer")).isEqualTo(27);
    assertThat(
            refusal(
                    "'type':{'type':'fixed','name':'F','size':2}",
                    "0102",
                    "'type':{'type':'fixed','name':'F','size':3}",
                    "bytea")
                .sqlState())
        .isEqualTo("22P04");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'type':{'type':'long','logicalType':'timestamp-millis'} | 'type':{'type':'long','logicalType':'timestamp-micros'} | timestamp",
        "'type':'long','logicalType':'timestamp-millis' | 'type':{'type':'long','logicalType':'timestamp-nanos'} | timestamp",
        "'type':{'type':'bytes','logicalType':'decimal','precision':9,'scale':2} | 'type':{'type':'bytes','logicalType':'decimal','precision':9,'scale':3} | numeric",
      })
  void meaningsThatContradictAreAnErrorAndNoGarbage(String writer, String reader, String column) {
    KadbException e = refusal(writer, "02 02", reader, column);
    assertThat(e.getMessage()).contains("avro_schema", "expecting");
  }

  @Test
  void theFieldOfTheReaderMayBeTheOneThatHasTheLogicalType() {
    assertThat(
            value(
                "'type':'long'",
                "36",
                "'type':'long','logicalType':'timestamp-millis'",
                "timestamp"))
        .isEqualTo(27_000L);
    assertThat(
            value(
                "'type':'long','logicalType':'timestamp-millis'",
                "36",
                "'type':'long'",
                "timestamp"))
        .isEqualTo(27_000L);
  }

  @Test
  void recordsNeedNotHaveTheSameName() {
    Schema writer =
        AvroBytes.schema(
            "{\"type\":\"record\",\"name\":\"w\",\"namespace\":\"n\",\"fields\":[{\"name\":\"f\",\"type\":\"int\"}]}");
    assertThat(
            rows(
                writer,
                record("{'name':'f','type':'int'}"),
                "position",
                AvroBytes.hex("36"),
                "f int"))
        .isEqualTo(List.of(List.of(27)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"avro", "avro_raw"})
  void refusesAnAvroSchemaThatIsNone(String format) {
    KadbException e =
        catchThrowableOfType(
            KadbException.class,
            () ->
                AvroBytes.decoder(
                    format, Shapes.of("a int"), Map.of("avro_schema", "{\"type\":\"rec\"}")));
    assertThat(e.sqlState()).isEqualTo("HV024");
    assertThat(e.getMessage()).contains("avro_schema", "an Avro schema");
    KadbException match =
        catchThrowableOfType(
            KadbException.class,
            () ->
                AvroBytes.decoder(
                    format,
                    Shapes.of("a int"),
                    Map.of("avro_match", "x", "avro_schema", "\"int\"")));
    assertThat(match.getMessage()).contains("avro_match", "position or name");
  }
}
