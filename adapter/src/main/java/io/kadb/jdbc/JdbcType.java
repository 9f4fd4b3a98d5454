package io.kadb.jdbc;

import io.kadb.type.ColumnType;
import io.kadb.type.TypeKind;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;

/**
 * How JDBC sees a kind of type. What JDBC has no portable code for (UUID, JSON, INTERVAL, types
 * carried as text) is VARCHAR, so that every client can read it. TIMESTAMPTZ is TIMESTAMP, as in
 * PostgreSQL's own driver: programs such as Spark know no other code for it.
 *
 * @param code the code of {@link Types}
 * @param valueClass the class that {@code getObject} returns
 * @param precision the precision where the column's type does not say one
 * @param scale the scale where the column's type does not say one
 * @param displaySize the most characters of a value where the column's type does not say
 */
record JdbcType(int code, Class<?> valueClass, int precision, int scale, int displaySize) {
  private static final int UNBOUNDED = Integer.MAX_VALUE;
  private static final int FRACTION_DIGITS = 6;

  /** Returns what JDBC sees of a kind. */
  static JdbcType of(TypeKind kind) {
    return switch (kind) {
      case SMALLINT -> new JdbcType(Types.SMALLINT, Integer.class, 5, 0, 6);
      case INTEGER -> new JdbcType(Types.INTEGER, Integer.class, 10, 0, 11);
      case BIGINT -> new JdbcType(Types.BIGINT, Long.class, 19, 0, 20);
      case OID -> new JdbcType(Types.BIGINT, Long.class, 10, 0, 10);
      case REAL -> new JdbcType(Types.REAL, Float.class, 8, 8, 15);
      case DOUBLE -> new JdbcType(Types.DOUBLE, Double.class, 17, 17, 25);
      case NUMERIC -> new JdbcType(Types.NUMERIC, BigDecimal.class, 0, 0, 131089);
      case BOOLEAN -> new JdbcType(Types.BOOLEAN, Boolean.class, 1, 0, 5);
      case CHAR -> new JdbcType(Types.CHAR, String.class, 1, 0, 1);
      case TEXT, VARCHAR, JSON, JSONB, OTHER ->
          new JdbcType(Types.VARCHAR, String.class, UNBOUNDED, 0, UNBOUNDED);
      case UUID -> new JdbcType(Types.VARCHAR, String.class, 36, 0, 36);
      case INTERVAL -> new JdbcType(Types.VARCHAR, String.class, 49, 0, 49);
      case BYTEA -> new JdbcType(Types.VARBINARY, byte[].class, UNBOUNDED, 0, UNBOUNDED);
      case DATE -> new JdbcType(Types.DATE, Date.class, 13, 0, 13);
      case TIME -> new JdbcType(Types.TIME, Time.class, 15, FRACTION_DIGITS, 15);
      case TIMESTAMP -> new JdbcType(Types.TIMESTAMP, Timestamp.class, 29, FRACTION_DIGITS, 29);
      case TIMESTAMPTZ -> new JdbcType(Types.TIMESTAMP, Timestamp.class, 35, FRACTION_DIGITS, 35);
    };
  }

  /** Returns the name of the class that {@code getObject} returns. */
  String className() {
    return valueClass == byte[].class ? "[B" : valueClass.getName();
  }

  /** Returns the precision of a column: digits, or characters. */
  static int precision(ColumnType type) {
    return switch (type.kind()) {
      case NUMERIC, VARCHAR, CHAR -> type.precision().orElse(of(type.kind()).precision());
      default -> of(type.kind()).precision();
    };
  }

  /** Returns the scale of a column: digits after the point. */
  static int scale(ColumnType type) {
    return switch (type.kind()) {
      case NUMERIC -> type.scale().orElse(0);
      case TIME, TIMESTAMP, TIMESTAMPTZ -> type.precision().orElse(FRACTION_DIGITS);
      default -> of(type.kind()).scale();
    };
  }

  /** Returns the most characters that a value of a column takes as text. */
  static int displaySize(ColumnType type) {
    int unsaid = of(type.kind()).displaySize();
    return switch (type.kind()) {
      case VARCHAR, CHAR -> type.precision().orElse(unsaid);
      case NUMERIC -> type.precision().isPresent() ? numericSize(type) : unsaid;
      default -> unsaid;
    };
  }

  private static int numericSize(ColumnType type) {
    int digits = type.precision().orElseThrow();
    int scale = type.scale().orElse(0);
    // A sign, a point, a zero before it; all digits after the point, all zeros before it.
    return scale < 0 ? digits - scale + 1 : Math.max(digits, scale) + 3;
  }

  /** Returns whether values of a kind are numbers with a sign. */
  static boolean signed(TypeKind kind) {
    return switch (kind) {
      case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, NUMERIC -> true;
      default -> false;
    };
  }

  /** Returns whether values of a kind are texts in which case matters. */
  static boolean caseSensitive(TypeKind kind) {
    return switch (kind) {
      case TEXT, VARCHAR, CHAR, JSON, JSONB, OTHER -> true;
      default -> false;
    };
  }

  /** Returns 10 for numbers and 0 for other kinds. */
  static int radix(TypeKind kind) {
    return signed(kind) || kind == TypeKind.OID ? 10 : 0;
  }
}
