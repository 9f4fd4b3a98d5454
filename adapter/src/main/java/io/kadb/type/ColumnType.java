package io.kadb.type;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The SQL type of a column.
 *
 * @param kind the kind, which decides the values a row holds
 * @param name the name without precision as PostgreSQL prints it: {@code integer}, {@code character
 *     varying}, {@code timestamp without time zone}; for {@link TypeKind#OTHER} as given
 * @param precision digits of NUMERIC, characters of VARCHAR and CHAR, digits of the fraction of a
 *     second of TIME, TIMESTAMP, TIMESTAMPTZ and INTERVAL; empty if the type does not say
 * @param scale digits after the point of NUMERIC, present exactly if its precision is
 */
public record ColumnType(TypeKind kind, String name, OptionalInt precision, OptionalInt scale) {
  /** The most digits of NUMERIC, and the most its scale may be either way. */
  public static final int MAX_NUMERIC_PRECISION = 1000;

  /** The most characters of VARCHAR and CHAR. */
  public static final int MAX_LENGTH = 10_485_760;

  /** The most digits of a fraction of a second. */
  public static final int MAX_FRACTION_DIGITS = 6;

  public static final ColumnType SMALLINT = of(TypeKind.SMALLINT);
  public static final ColumnType INTEGER = of(TypeKind.INTEGER);
  public static final ColumnType BIGINT = of(TypeKind.BIGINT);
  public static final ColumnType REAL = of(TypeKind.REAL);
  public static final ColumnType DOUBLE = of(TypeKind.DOUBLE);
  public static final ColumnType NUMERIC = of(TypeKind.NUMERIC);
  public static final ColumnType BOOLEAN = of(TypeKind.BOOLEAN);
  public static final ColumnType TEXT = of(TypeKind.TEXT);
  public static final ColumnType VARCHAR = of(TypeKind.VARCHAR);
  public static final ColumnType BYTEA = of(TypeKind.BYTEA);
  public static final ColumnType DATE = of(TypeKind.DATE);
  public static final ColumnType TIME = of(TypeKind.TIME);
  public static final ColumnType TIMESTAMP = of(TypeKind.TIMESTAMP);
  public static final ColumnType TIMESTAMPTZ = of(TypeKind.TIMESTAMPTZ);
  public static final ColumnType INTERVAL = of(TypeKind.INTERVAL);
  public static final ColumnType UUID = of(TypeKind.UUID);
  public static final ColumnType JSON = of(TypeKind.JSON);
  public static final ColumnType JSONB = of(TypeKind.JSONB);
  public static final ColumnType OID = of(TypeKind.OID);

  /**
   * Checks the name and the ranges PostgreSQL gives.
   *
   * @throws KadbException 22023 if precision or scale are out of range
   */
  public ColumnType {
    if (kind == TypeKind.OTHER ? name.isBlank() : !name.equals(nameOf(kind, precision))) {
      throw new IllegalArgumentException("not the name of a type of kind " + kind + ": " + name);
    }
    if (scale.isPresent() != (kind == TypeKind.NUMERIC && precision.isPresent())) {
      throw new IllegalArgumentException("scale goes with the precision of NUMERIC: " + name);
    }
    precision.ifPresent(digits -> checkPrecision(kind, name, digits));
    scale.ifPresent(
        digits -> check("scale of numeric", digits, -MAX_NUMERIC_PRECISION, MAX_NUMERIC_PRECISION));
  }

  /** Returns a type of a kind other than OTHER, without precision. */
  public static ColumnType of(TypeKind kind) {
    return of(kind, OptionalInt.empty());
  }

  /** Returns a type of a kind other than OTHER and NUMERIC, with or without precision. */
  static ColumnType of(TypeKind kind, OptionalInt precision) {
    return new ColumnType(kind, nameOf(kind, precision), precision, OptionalInt.empty());
  }

  /** Returns {@code numeric(precision,scale)}. */
  public static ColumnType numeric(int precision, int scale) {
    return new ColumnType(
        TypeKind.NUMERIC, "numeric", OptionalInt.of(precision), OptionalInt.of(scale));
  }

  /** Returns {@code character varying(length)}. */
  public static ColumnType varchar(int length) {
    return of(TypeKind.VARCHAR, OptionalInt.of(length));
  }

  /** Returns {@code character(length)}, whose values are padded with blanks. */
  public static ColumnType character(int length) {
    return of(TypeKind.CHAR, OptionalInt.of(length));
  }

  /** Returns {@code time(digits) without time zone}. */
  public static ColumnType time(int digits) {
    return of(TypeKind.TIME, OptionalInt.of(digits));
  }

  /** Returns {@code timestamp(digits) without time zone}. */
  public static ColumnType timestamp(int digits) {
    return of(TypeKind.TIMESTAMP, OptionalInt.of(digits));
  }

  /** Returns {@code timestamp(digits) with time zone}. */
  public static ColumnType timestamptz(int digits) {
    return of(TypeKind.TIMESTAMPTZ, OptionalInt.of(digits));
  }

  /** Returns a type that only PostgreSQL knows. */
  public static ColumnType other(String name) {
    return new ColumnType(TypeKind.OTHER, name, OptionalInt.empty(), OptionalInt.empty());
  }

  /**
   * Reads a type as a statement writes it, in any case and spacing and by any of its names. A name
   * that is not known is taken as {@link TypeKind#OTHER}.
   *
   * @throws KadbException 42601 if it is not written as a type, 22023 if a precision is out of
   *     range
   */
  public static ColumnType parse(String sql) {
    return TypeName.parse(sql);
  }

  /** Returns the names of the types that are known, in lower case and without modifiers. */
  public static Set<String> names() {
    return TypeName.known();
  }

  /** Returns the type as PostgreSQL's {@code format_type} prints it; {@link #parse} reads it. */
  public String sql() {
    if (precision.isEmpty()) {
      return name;
    }
    String modifier =
        scale.isPresent()
            ? "(" + precision.getAsInt() + "," + scale.getAsInt() + ")"
            : "(" + precision.getAsInt() + ")";
    return switch (kind) {
      case TIME, TIMESTAMP, TIMESTAMPTZ -> {
        int afterFirstWord = name.indexOf(' ');
        yield name.substring(0, afterFirstWord) + modifier + name.substring(afterFirstWord);
      }
      default -> name + modifier;
    };
  }

  @Override
  public String toString() {
    return sql();
  }

  private static String nameOf(TypeKind kind, OptionalInt precision) {
    return switch (kind) {
      case SMALLINT, INTEGER, BIGINT, REAL, NUMERIC, BOOLEAN, TEXT, BYTEA, DATE -> lower(kind);
      case INTERVAL, UUID, JSON, JSONB, OID -> lower(kind);
      case DOUBLE -> "double precision";
      case VARCHAR -> "character varying";
      case CHAR -> precision.isPresent() ? "character" : "bpchar";
      case TIME -> "time without time zone";
      case TIMESTAMP -> "timestamp without time zone";
      case TIMESTAMPTZ -> "timestamp with time zone";
      case OTHER -> throw new IllegalArgumentException("a type of kind OTHER needs a name");
    };
  }

  private static String lower(TypeKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static void checkPrecision(TypeKind kind, String name, int precision) {
    switch (kind) {
      case NUMERIC -> check("precision of numeric", precision, 1, MAX_NUMERIC_PRECISION);
      case VARCHAR, CHAR -> check("length of " + name, precision, 1, MAX_LENGTH);
      case TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL ->
          check("precision of " + name, precision, 0, MAX_FRACTION_DIGITS);
      default -> throw new IllegalArgumentException(name + " has no precision");
    }
  }

  private static void check(String what, int found, int least, int most) {
    if (found < least || found > most) {
      throw new KadbException(
          ErrorCode.BAD_PARAMETER, what + " is " + found + ", wanted " + least + " to " + most);
    }
  }
}
