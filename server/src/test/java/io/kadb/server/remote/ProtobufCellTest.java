package io.kadb.server.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProtobufCellTest {
  private static final @Nullable Object[] VALUES = {
    null,
    true,
    false,
    (short) 0,
    (short) -5,
    Short.MAX_VALUE,
    0,
    -1,
    Integer.MIN_VALUE,
    0L,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    0.0,
    -0.0,
    1.5,
    Double.NaN,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    0f,
    -2.25f,
    Float.NaN,
    "",
    "a",
    "zwölf €😀\u0000",
    "x".repeat(127),
    "x".repeat(128),
    "ü".repeat(20_000),
    new BigDecimal("0"),
    new BigDecimal("-12.50"),
    new BigDecimal("1E+20"),
    new BigDecimal("0.0000000001"),
    new byte[0],
    new byte[] {1, 2, -3},
    new byte[300],
  };

  /** Returns a row as a message of Avatica's. */
  static Common.Row message(@Nullable Object... values) {
    Common.Row.Builder row = Common.Row.newBuilder();
    for (Object value : values) {
      Common.TypedValue.Builder scalar = Common.TypedValue.newBuilder();
      TypedValue.toProto(scalar, value);
      row.addValue(Common.ColumnValue.newBuilder().setScalarValue(scalar));
    }
    return row.build();
  }

  @Test
  void valuesAreWrittenAsAvaticaWritesThem() throws IOException {
    ProtobufCell cell = new ProtobufCell();
    for (Object value : VALUES) {
      byte[] expected = message(new Object[] {value}).toByteArray();
      cell.set(value);
      assertThat(written(cell)).as("%s", value).isEqualTo(expected);
      assertThat(cell.size()).as("%s", value).isEqualTo(expected.length);
    }
  }

  private static byte[] written(ProtobufCell cell) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    cell.write(out);
    out.flush();
    return bytes.toByteArray();
  }
}
