package io.kadb.type;

import java.math.BigDecimal;

/**
 * Prints values as PostgreSQL's text output does with {@code datestyle} ISO, in UTC; BOOLEAN as
 * {@code true} and {@code false}. {@link TextInput} of the same type reads the text back to the
 * same value. Without state, safe for use by several threads.
 */
@FunctionalInterface
public interface TextOutput {
  /**
   * Appends the text of a value.
   *
   * @param value of the class {@link TypeKind#valueClass} says, not null
   */
  void append(StringBuilder out, Object value);

  /** Returns the text of a value that is not null. */
  default String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  /** Returns the output of a type. */
  static TextOutput of(ColumnType type) {
    return switch (type.kind()) {
      case SMALLINT -> (out, value) -> out.append((short) value);
      case INTEGER -> (out, value) -> out.append((int) value);
      case BIGINT, OID -> (out, value) -> out.append((long) value);
      case REAL -> (out, value) -> FloatText.append(out, (float) value);
      case DOUBLE -> (out, value) -> FloatText.append(out, (double) value);
      case NUMERIC -> (out, value) -> out.append(((BigDecimal) value).toPlainString());
      case BOOLEAN -> (out, value) -> out.append((boolean) value);
      case BYTEA -> (out, value) -> hex(out, (byte[]) value);
      case DATE -> (out, value) -> DateTimeText.date(out, (int) value);
      case TIME -> (out, value) -> DateTimeText.time(out, (long) value);
      case TIMESTAMP -> (out, value) -> DateTimeText.timestamp(out, (long) value, "");
      case TIMESTAMPTZ -> (out, value) -> DateTimeText.timestamp(out, (long) value, "+00");
      case TEXT, VARCHAR, CHAR, INTERVAL, UUID, JSON, JSONB, OTHER ->
          (out, value) -> out.append((String) value);
    };
  }

  private static void hex(StringBuilder out, byte[] bytes) {
    out.append("\\x");
    for (byte b : bytes) {
      out.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
  }
}
