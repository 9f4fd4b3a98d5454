package io.kadb.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kadb.format.RowShape;
import io.kadb.format.RowShape.ValueColumn;
import io.kadb.type.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class JsonFuzzTest {
  private final DecoderProbe probe = new DecoderProbe("json", Map.of());
  private final DecoderProbe document = new DecoderProbe("json", Map.of("json_rows", "document"));

  @FuzzTest
  void readsAnyBytesAsAnyType(byte[] value) {
    for (String type : DecoderProbe.TYPES) {
      probe.decode(value, "a text", "v " + type, "b varchar(5) not null");
      probe.decode(value, byPath(type, ""));
      document.decode(value, byPath(type, ""));
      probe.decode(value, byPath(type, "/v/0/~1a~0b/v"));
    }
  }

  private static RowShape byPath(String type, String path) {
    ValueColumn column =
        new ValueColumn(
            "c",
            ColumnType.parse(type),
            false,
            Optional.of("1").filter(one -> type.equals("integer")),
            Optional.of(0),
            Optional.of(path));
    return new RowShape(List.of(column), 1);
  }
}
