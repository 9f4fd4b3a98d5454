package io.kadb.driver.value;

import java.sql.Types;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The kinds of column types, by which values are converted. */
public enum Kind {
  SMALLINT("smallint"),
  INTEGER("integer"),
  BIGINT("bigint"),
  OID("oid"),
  REAL("real"),
  DOUBLE("double precision"),
  NUMERIC("numeric"),
  BOOLEAN("boolean"),
  TEXT("text"),
  VARCHAR("character varying"),
  CHAR("character"),
  BYTEA("bytea"),
  DATE("date"),
  TIME("time without time zone"),
  TIMESTAMP("timestamp without time zone"),
  TIMESTAMPTZ("timestamp with time zone"),
  INTERVAL("interval"),
  UUID("uuid"),
  JSON("json"),
  JSONB("jsonb"),
  /** Any other type: its text. */
  OTHER("");

  private static final Map<String, Kind> BY_NAME = new HashMap<>();

  static {
    for (Kind kind : values()) {
      BY_NAME.put(kind.typeName, kind);
    }
    BY_NAME.put("bpchar", CHAR);
  }

  private final String typeName;

  Kind(String typeName) {
    this.typeName = typeName;
  }

  /**
   * Returns the kind of a type.
   *
   * @param typeName the name that the server gives, as PostgreSQL's {@code format_type} has it
   * @param code the code of {@link Types}, which decides where the name is unknown
   */
  public static Kind of(String typeName, int code) {
    Kind known = BY_NAME.get(typeName.toLowerCase(Locale.ROOT).replaceAll(" ?\\([^)]*\\)", ""));
    return known != null && known != OTHER ? known : of(code);
  }

  private static Kind of(int code) {
    switch (code) {
      case Types.TINYINT:
      case Types.SMALLINT:
        return SMALLINT;
      case Types.INTEGER:
        return INTEGER;
      case Types.BIGINT:
        return BIGINT;
      case Types.REAL:
        return REAL;
      case Types.FLOAT:
      case Types.DOUBLE:
        return DOUBLE;
      case Types.DECIMAL:
      case Types.NUMERIC:
        return NUMERIC;
      case Types.BIT:
      case Types.BOOLEAN:
        return BOOLEAN;
      case Types.BINARY:
      case Types.VARBINARY:
      case Types.LONGVARBINARY:
        return BYTEA;
      case Types.DATE:
        return DATE;
      case Types.TIME:
        return TIME;
      case Types.TIMESTAMP:
        return TIMESTAMP;
      case Types.TIMESTAMP_WITH_TIMEZONE:
        return TIMESTAMPTZ;
      case Types.CHAR:
        return CHAR;
      default:
        return OTHER;
    }
  }

  /**
   * Returns whether values are texts that conversions may read numbers, dates and the like from.
   */
  boolean isText() {
    return this == TEXT || this == VARCHAR || this == CHAR || this == OTHER;
  }
}
