package io.kadb.type;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

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
      case REAL, DOUBLE -> {
        TextOutput characters = TextOutput.of(type);
        yield (out, value) -> out.printed(characters, value);
      }
      case NUMERIC -> (out, value) -> out.ascii(((BigDecimal) value).toPlainString());
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
          (out, value) -> {
            byte[] utf8 = ((String) value).getBytes(StandardCharsets.UTF_8);
            out.add(utf8, 0, utf8.length);
          };
    };
  }
}
