package io.kadb.type;

/** The kinds of column types, each with the Java class of the values a row holds. */
public enum TypeKind {
  SMALLINT(Short.class),
  INTEGER(Integer.class),
  BIGINT(Long.class),
  REAL(Float.class),
  DOUBLE(Double.class),
  /** With the scale each value has, unless the type says a scale. */
  NUMERIC(java.math.BigDecimal.class),
  BOOLEAN(Boolean.class),
  TEXT(String.class),
  VARCHAR(String.class),
  /** Padded with blanks to its length. */
  CHAR(String.class),
  BYTEA(byte[].class),
  /** Days since 1970-01-01, proleptic Gregorian. */
  DATE(Integer.class),
  /** Microseconds since midnight. */
  TIME(Long.class),
  /** Microseconds since 1970-01-01 00:00, wall time without a zone. */
  TIMESTAMP(Long.class),
  /** Microseconds since 1970-01-01 00:00 UTC. */
  TIMESTAMPTZ(Long.class),
  /** ISO 8601 text as PostgreSQL prints it with {@code intervalstyle=iso_8601}. */
  INTERVAL(String.class),
  /** Canonical text in lower case. */
  UUID(String.class),
  /** Source text. */
  JSON(String.class),
  /** Source text. */
  JSONB(String.class),
  /** An unsigned 32-bit number. */
  OID(Long.class),
  /** Any other type: its text, left to PostgreSQL to understand. */
  OTHER(String.class);

  private final Class<?> valueClass;

  TypeKind(Class<?> valueClass) {
    this.valueClass = valueClass;
  }

  /** Returns the class of a value of this kind in a row; NULL is null. */
  public Class<?> valueClass() {
    return valueClass;
  }
}
