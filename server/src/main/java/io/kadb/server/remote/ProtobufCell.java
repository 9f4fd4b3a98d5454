package io.kadb.server.remote;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * A value of a row as Avatica's message {@code ColumnValue} around a {@code TypedValue}, byte for
 * byte as Avatica writes it: what is zero or empty is left out. Takes one value after the other.
 */
final class ProtobufCell {
  /** How protobuf calls a field that is a message. */
  static final int MESSAGE = 2;

  /** The bytes of the tag of a field with a low number. */
  private static final int TAG = 1;

  private Common.Rep rep = Common.Rep.NULL;

  /** The field of the value; 0 if it is left out. */
  private int field;

  private long number;
  private double fraction;
  private String text = "";

  /** The bytes of the {@code TypedValue}. */
  private int size;

  /** A value of a kind that is rare. */
  private Common.@Nullable TypedValue other;

  /** Takes a value. */
  void set(@Nullable Object value) {
    other = null;
    if (value instanceof String string) {
      setText(Common.Rep.STRING, string);
    } else if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      setNumber((Number) value);
    } else if (value instanceof Double floating) {
      rep = Common.Rep.DOUBLE;
      fraction = floating;
      boolean zero = Double.doubleToRawLongBits(fraction) == 0;
      field = zero ? 0 : Common.TypedValue.DOUBLE_VALUE_FIELD_NUMBER;
    } else if (value instanceof Boolean truth) {
      rep = Common.Rep.BOOLEAN;
      field = truth ? Common.TypedValue.BOOL_VALUE_FIELD_NUMBER : 0;
    } else if (value instanceof BigDecimal decimal) {
      setText(Common.Rep.BIG_DECIMAL, decimal.toString());
    } else if (value == null) {
      rep = Common.Rep.NULL;
      field = Common.TypedValue.NULL_FIELD_NUMBER;
    } else {
      Common.TypedValue.Builder builder = Common.TypedValue.newBuilder();
      TypedValue.toProto(builder, value);
      other = builder.build();
    }
    size = scalarSize();
  }

  private void setText(Common.Rep as, String value) {
    rep = as;
    text = value;
    field = value.isEmpty() ? 0 : Common.TypedValue.STRING_VALUE_FIELD_NUMBER;
  }

  private void setNumber(Number value) {
    rep =
        value instanceof Long
            ? Common.Rep.LONG
            : value instanceof Integer ? Common.Rep.INTEGER : Common.Rep.SHORT;
    number = value.longValue();
    field = number == 0 ? 0 : Common.TypedValue.NUMBER_VALUE_FIELD_NUMBER;
  }

  /** Returns the bytes that the value has in a row. */
  int size() {
    int around = aroundScalar();
    return TAG + CodedOutputStream.computeUInt32SizeNoTag(around) + around;
  }

  private int aroundScalar() {
    return TAG + CodedOutputStream.computeUInt32SizeNoTag(size) + size;
  }

  /** Writes the value as the next one of a row. */
  void write(CodedOutputStream out) throws IOException {
    out.writeTag(Common.Row.VALUE_FIELD_NUMBER, MESSAGE);
    out.writeUInt32NoTag(aroundScalar());
    out.writeTag(Common.ColumnValue.SCALAR_VALUE_FIELD_NUMBER, MESSAGE);
    out.writeUInt32NoTag(size);
    if (other != null) {
      other.writeTo(out);
      return;
    }
    out.writeEnum(Common.TypedValue.TYPE_FIELD_NUMBER, rep.getNumber());
    switch (field) {
      case Common.TypedValue.STRING_VALUE_FIELD_NUMBER -> out.writeString(field, text);
      case Common.TypedValue.NUMBER_VALUE_FIELD_NUMBER -> out.writeSInt64(field, number);
      case Common.TypedValue.DOUBLE_VALUE_FIELD_NUMBER -> out.writeDouble(field, fraction);
      case 0 -> {}
      default -> out.writeBool(field, true);
    }
  }

  private int scalarSize() {
    if (other != null) {
      return other.getSerializedSize();
    }
    int value =
        switch (field) {
          case Common.TypedValue.STRING_VALUE_FIELD_NUMBER ->
              CodedOutputStream.computeStringSize(field, text);
          case Common.TypedValue.NUMBER_VALUE_FIELD_NUMBER ->
              CodedOutputStream.computeSInt64Size(field, number);
          case Common.TypedValue.DOUBLE_VALUE_FIELD_NUMBER ->
              CodedOutputStream.computeDoubleSize(field, fraction);
          case 0 -> 0;
          default -> CodedOutputStream.computeBoolSize(field, true);
        };
    return value
        + CodedOutputStream.computeEnumSize(Common.TypedValue.TYPE_FIELD_NUMBER, rep.getNumber());
  }
}
