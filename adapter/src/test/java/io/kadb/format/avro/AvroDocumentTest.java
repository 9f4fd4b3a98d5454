package io.kadb.format.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import io.kadb.format.RowShape;
import io.kadb.format.RowShape.ValueColumn;
import io.kadb.format.Shapes;
import io.kadb.format.TestMessage;
import io.kadb.type.ColumnType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A column with {@code path ''}: the whole record as JSON. */
class AvroDocumentTest {
  private static final Schema SCHEMA =
      AvroBytes.record(
          "{\"name\":\"id\",\"type\":\"long\"}",
          "{\"name\":\"b\",\"type\":[\"null\",\"bytes\"]}",
          "{\"name\":\"tags\",\"type\":{\"type\":\"array\",\"items\":\"string\"}}");
  private static final Object[] VALUES = {
    7L, ByteBuffer.wrap(new byte[] {1, -1}), List.of("a", "b")
  };

  @ParameterizedTest
  @ValueSource(strings = {"json", "jsonb", "text"})
  void theOnlyColumnCanTakeTheWholeRecord(String type) {
    assertThat(rows("avro", whole(type, Optional.of(0)), Map.of(), AvroBytes.file(SCHEMA, VALUES)))
        .isEqualTo(List.of(List.of("{\"id\":7,\"b\":\"\\\\x01ff\",\"tags\":[\"a\",\"b\"]}")));
  }

  @Test
  void bytesCanBeBase64() {
    assertThat(
            rows(
                "avro",
                whole("json", Optional.of(0)),
                Map.of("avro_json_bytes", "base64"),
                AvroBytes.file(SCHEMA, VALUES)))
        .isEqualTo(List.of(List.of("{\"id\":7,\"b\":\"Af8=\",\"tags\":[\"a\",\"b\"]}")));
  }

  @Test
  void readsBareRecordsToo() {
    Map<String, String> options = Map.of("avro_schema", SCHEMA.toString());
    assertThat(
            rows(
                "avro_raw",
                whole("json", Optional.of(0)),
                options,
                AvroBytes.bare(SCHEMA, 7L, null, List.of())))
        .isEqualTo(List.of(List.of("{\"id\":7,\"b\":null,\"tags\":[]}")));
  }

  @Test
  void eachRecordOfAFileIsARowAlsoIfTheColumnIsNotWanted() {
    byte[] file =
        AvroBytes.file(
            SCHEMA,
            CodecFactory.nullCodec(),
            2,
            List.of(AvroBytes.row(SCHEMA, VALUES), AvroBytes.row(SCHEMA, 8L, null, List.of())));
    assertThat(rows("avro", whole("json", Optional.of(0)), Map.of(), file)).hasSize(2);
    RowShape nothing = new RowShape(whole("json", Optional.empty()).columns(), 0);
    assertThat(rows("avro", nothing, Map.of(), file)).isEqualTo(List.of(List.of(), List.of()));
  }

  @Test
  void itMustBeTheOnlyColumn() {
    List<ValueColumn> columns = new ArrayList<>(whole("json", Optional.of(0)).columns());
    columns.addAll(Shapes.wantingNothing("id bigint").columns());
    KadbException e =
        catchThrowableOfType(
            KadbException.class,
            () -> AvroBytes.decoder("avro", new RowShape(columns, 1), Map.of()));
    assertThat(e.sqlState()).isEqualTo("HV004");
    assertThat(e.column()).contains("doc");
  }

  @Test
  void aColumnOfAnotherTypeIsAnErrorThatNamesTheMessage() {
    KadbException e =
        catchThrowableOfType(
            KadbException.class,
            () ->
                rows(
                    "avro",
                    whole("bigint", Optional.of(0)),
                    Map.of(),
                    AvroBytes.file(SCHEMA, VALUES)));
    assertThat(e.sqlState()).isEqualTo("22P03");
    assertThat(e.getMessage()).contains("orders[3]@1842", "column doc");
  }

  private static RowShape whole(String type, Optional<Integer> slot) {
    return new RowShape(
        List.of(
            new ValueColumn(
                "doc", ColumnType.parse(type), false, Optional.empty(), slot, Optional.of(""))),
        1);
  }

  private static List<?> rows(
      String format, RowShape shape, Map<String, String> options, byte[] message) {
    return Shapes.rows(AvroBytes.decoder(format, shape, options), new TestMessage(message));
  }
}
