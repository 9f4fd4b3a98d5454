package io.kadb.type;

import java.math.BigDecimal;

/**
 * Prints values as {@link TextOutput} does, as bytes of UTF-8 and without characters in between
 * where a type is often printed. Without state, safe for use by several threads.
 */
@FunctionalInterface
public interface ByteOutput {
  /**
   * Appends the text of a value.
   *
   * @param value of the class {@link TypeKind#valueClass} says, not null
   */
  void append(ByteText out, Object value);

  /** Returns the output of a type. */
  static ByteOutput of(ColumnType type) {
    return switch (type.kind()) {
      case SMALLINT, INTEGER, BIGINT, OID ->
          (out, value) -> out.number(((Number) value).longValue());
      case REAL -> {
        TextOutput characters = TextOutput.of(type);
        yield (out, value) -> {
          if (!FloatText.appendShort(out, (float) value)) {
            out.printed(characters, value);
          }
        };
      }
      case DOUBLE -> {
        TextOutput characters = TextOutput.of(type);
        yield (out, value) -> {
          if (!FloatText.appendShort(out, (double) value)) {
            out.printed(characters, value);
          }
        };
      }
      case NUMERIC -> (out, value) -> numeric(out, (BigDecimal) value);
      case BOOLEAN -> (out, value) -> out.ascii((boolean) value ? "true" : "false");
      case BYTEA ->
          (out, value) -> {
            out.ascii("\\x");
            out.hex((byte[]) value);
          };
      case DATE -> (out, value) -> out.date((int) value);
      case TIME -> (out, value) -> out.time((long) value);
      case TIMESTAMP -> (out, value) -> out.timestamp((long) value, "");
      case TIMESTAMPTZ -> (out, value) -> out.timestamp((long) value, "+00");
      case TEXT, VARCHAR, CHAR, INTERVAL, UUID, JSON, JSONB, OTHER ->
          (out, value) -> out.characters((String) value);
    };
  }

  private static void numeric(ByteText out, BigDecimal value) {
    int scale = value.scale();
    if (scale >= 0 && scale <= ByteText.MOST_DIGITS && value.precision() <= ByteText.MOST_DIGITS) {
      // Its unscaled value by another way would be made as a BigInteger.
      out.decimal(value.scaleByPowerOfTen(scale).longValue(), scale);
    } else {
      out.ascii(value.toPlainString());
    }
  }
}
