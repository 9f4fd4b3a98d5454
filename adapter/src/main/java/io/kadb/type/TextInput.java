package io.kadb.type;

/**
 * Reads the text of a value by the rules of PostgreSQL 16's text input. Without state, safe for use
 * by several threads.
 */
@FunctionalInterface
public interface TextInput {
  /**
   * Reads a value.
   *
   * @return the value, of the class {@link TypeKind#valueClass} says
   * @throws io.kadb.error.KadbException with PostgreSQL's SQLState if the text is not a value of
   *     the type; it names neither column nor message
   */
  Object read(String text);

  /**
   * Reads a value from bytes {@code [from, to)} of UTF-8 text; the same as {@link #read(String)} of
   * that text, but without making a String of it where the text is of a plain form.
   *
   * @throws io.kadb.error.KadbException as above, and 22021 for malformed bytes
   */
  default Object read(byte[] utf8, int from, int to) {
    return read(Utf8.decode(utf8, from, to));
  }

  /** Returns the input of a type. */
  static TextInput of(ColumnType type) {
    return switch (type.kind()) {
      case SMALLINT, INTEGER, BIGINT -> new IntegerInput(type);
      case OID -> new OidInput();
      case REAL, DOUBLE -> new FloatInput(type);
      case NUMERIC -> new NumericInput(type);
      case BOOLEAN -> new BooleanInput();
      case TEXT, OTHER -> new CharacterInput();
      case VARCHAR, CHAR ->
          type.precision().isPresent() ? new LimitedCharacterInput(type) : new CharacterInput();
      case BYTEA -> new ByteaInput();
      case DATE -> new DateInput();
      case TIME -> new TimeInput(type);
      case TIMESTAMP, TIMESTAMPTZ -> new TimestampInput(type);
      case INTERVAL -> new IntervalInput(type);
      case UUID -> new UuidInput();
      case JSON, JSONB -> new JsonInput(type);
    };
  }
}
