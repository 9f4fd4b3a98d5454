package io.kadb.server.remote;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a column travel. Dates and times become numbers by way of {@code java.time}: no
 * time zone of the server takes part.
 */
enum WireType {
  BOOLEAN(Rep.BOOLEAN) {
    @Override
    @Nullable Object value(ResultSet row, int column) throws SQLException {
      boolean value = row.getBoolean(column);
      return row.wasNull() ? null : value;
    }
  },
  SMALLINT(Rep.SHORT) {
    @Override
    @Nullable Object value(ResultSet row, int column) throws SQLException {
      short value = row.getShort(column);
      return row.wasNull() ? null : value;
    }
  },
  INTEGER(Rep.INTEGER) {
    @Override
    @Nullable Object value(ResultSet row, int column) throws SQLException {
      int value = row.getInt(column);
      return row.wasNull() ? null : value;
    }

    @Override
    void write(ResultSet row, int column, JsonBytes out) throws SQLException {
      writeLong(row, column, out);
    }
  },
  BIGINT(Rep.LONG) {
    @Override
    @Nullable Object value(ResultSet row, int column) throws SQLException {
      long value = row.getLong(column);
      return row.wasNull() ? null : value;
    }

    @Override
    void write(ResultSet row, int column, JsonBytes out) throws SQLException {
      writeLong(row, column, out);
    }
  },
  REAL(Rep.FLOAT) {
    @Override
    @Nullable Object value(ResultSet row, int column) throws SQLException {
      float value = row.getFloat(column);
      return row.wasNull() ? null : value;
    }

    @Override
    void write(ResultSet row, int column, JsonBytes out) throws SQLException {
      writeNumber(row.getString(column), out);
    }
  },
  DOUBLE(Rep.DOUBLE) {
    @Override
    @Nullable Object value(ResultSet row, int column) throws SQLException {
      double value = row.getDouble(column);
      return row.wasNull() ? null : value;
    }

    @Override
    void write(ResultSet row, int column, JsonBytes out) throws SQLException {
      if (!out.shortDecimal(row.getDouble(column))) {
        writeNumber(row.getString(column), out);
      }
    }
  },
  NUMERIC(Rep.NUMBER) {
    @Override
    @Nullable Object value(ResultSet row, int column) throws SQLException {
      return row.getBigDecimal(column);
    }

    @Override
    void write(ResultSet row, int column, JsonBytes out) throws SQLException {
      BigDecimal value = row.getBigDecimal(column);
      if (value == null || !out.shortDecimal(value)) {
        out.raw(value == null ? "null" : value.toPlainString());
      }
    }
  },
  TEXT(Rep.STRING) {
    @Override
    @Nullable Object value(ResultSet row, int column) throws SQLException {
      return row.getString(column);
    }

    @Override
    void write(ResultSet row, int column, JsonBytes out) throws SQLException {
      out.textOrNull(row.getString(column));
    }
  },
  /** The text of a NUMERIC. */
  NUMERIC_TEXT(Rep.STRING) {
    @Override
    @Nullable Object value(ResultSet row, int column) throws SQLException {
      return row.getString(column);
    }

    @Override
    void write(ResultSet row, int column, JsonBytes out) throws SQLException {
      BigDecimal value = row.getBigDecimal(column);
      if (value == null) {
        out.raw("null");
        return;
      }
      out.raw('"');
      if (!out.shortDecimal(value)) {
        out.raw(value.toPlainString());
      }
      out.raw('"');
    }
  },
  /** The text of a TIMESTAMP. */
  TIMESTAMP_TEXT(Rep.STRING) {
    @Override
    @Nullable Object value(ResultSet row, int column) throws SQLException {
      return row.getString(column);
    }

    @Override
    void write(ResultSet row, int column, JsonBytes out) throws SQLException {
      writeTimestamp(row, column, "", out);
    }
  },
  /** The text of a TIMESTAMP WITH TIME ZONE. */
  TIMESTAMPTZ_TEXT(Rep.STRING) {
    @Override
    @Nullable Object value(ResultSet row, int column) throws SQLException {
      return row.getString(column);
    }

    @Override
    void write(ResultSet row, int column, JsonBytes out) throws SQLException {
      writeTimestamp(row, column, "+00", out);
    }
  },
  /** Bytes; in JSON as Base64. */
  BYTES(Rep.BYTE_STRING) {
    @Override
    @Nullable Object value(ResultSet row, int column) throws SQLException {
      return row.getBytes(column);
    }

    @Override
    void write(ResultSet row, int column, JsonBytes out) throws SQLException {
      byte[] value = row.getBytes(column);
      out.textOrNull(value == null ? null : Base64.getEncoder().encodeToString(value));
    }
  },
  /** Days since 1970-01-01. */
  DATE(Rep.INTEGER) {
    @Override
    @Nullable Object value(ResultSet row, int column) throws SQLException {
      LocalDate value = row.getObject(column, LocalDate.class);
      return value == null ? null : Math.toIntExact(value.toEpochDay());
    }
  },
  /** Milliseconds since midnight. */
  TIME(Rep.INTEGER) {
    @Override
    @Nullable Object value(ResultSet row, int column) throws SQLException {
      LocalTime value = row.getObject(column, LocalTime.class);
      return value == null ? null : (int) TimeUnit.NANOSECONDS.toMillis(value.toNanoOfDay());
    }
  },
  /** Milliseconds since 1970-01-01 00:00, wall time. */
  TIMESTAMP(Rep.LONG) {
    @Override
    @Nullable Object value(ResultSet row, int column) throws SQLException {
      LocalDateTime value = row.getObject(column, LocalDateTime.class);
      return value == null ? null : millis(value);
    }

    @Override
    void write(ResultSet row, int column, JsonBytes out) throws SQLException {
      LocalDateTime value = row.getObject(column, LocalDateTime.class);
      if (value == null) {
        out.raw("null");
      } else {
        out.number(millis(value));
      }
    }
  };

  private static final long MILLIS_PER_SECOND = 1_000;
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int LAST_SHORT_YEAR = 9_999;

  private final Rep rep;

  WireType(Rep rep) {
    this.rep = rep;
  }

  /** Returns Avatica's name for the values. */
  Rep rep() {
    return rep;
  }

  /** Returns how a column of a type of JDBC travels. */
  static WireType of(int jdbcType, Dialect dialect) {
    WireType plain =
        switch (jdbcType) {
          case Types.BOOLEAN -> BOOLEAN;
          case Types.SMALLINT -> SMALLINT;
          case Types.INTEGER -> INTEGER;
          case Types.BIGINT -> BIGINT;
          case Types.REAL -> REAL;
          case Types.DOUBLE -> DOUBLE;
          default -> TEXT;
        };
    return plain != TEXT ? plain : dialect == Dialect.THIN ? thin(jdbcType) : stock(jdbcType);
  }

  private static WireType thin(int jdbcType) {
    return switch (jdbcType) {
      case Types.NUMERIC -> NUMERIC_TEXT;
      case Types.TIMESTAMP -> TIMESTAMP_TEXT;
      case Types.TIMESTAMP_WITH_TIMEZONE -> TIMESTAMPTZ_TEXT;
      default -> TEXT;
    };
  }

  private static WireType stock(int jdbcType) {
    return switch (jdbcType) {
      case Types.NUMERIC -> NUMERIC;
      case Types.VARBINARY -> BYTES;
      case Types.DATE -> DATE;
      case Types.TIME -> TIME;
      case Types.TIMESTAMP -> TIMESTAMP;
      default -> TEXT;
    };
  }

  /** Returns a value as an object, as protobuf's frames take it. */
  abstract @Nullable Object value(ResultSet row, int column) throws SQLException;

  /** Writes a value as JSON. */
  void write(ResultSet row, int column, JsonBytes out) throws SQLException {
    Object value = value(row, column);
    out.raw(value == null ? "null" : value.toString());
  }

  private static void writeLong(ResultSet row, int column, JsonBytes out) throws SQLException {
    long value = row.getLong(column);
    if (row.wasNull()) {
      out.raw("null");
    } else {
      out.number(value);
    }
  }

  private static long millis(LocalDateTime value) {
    return value.toEpochSecond(ZoneOffset.UTC) * MILLIS_PER_SECOND
        + value.getNano() / NANOS_PER_MILLI;
  }

  private static void writeTimestamp(ResultSet row, int column, String zone, JsonBytes out)
      throws SQLException {
    LocalDateTime value = row.getObject(column, LocalDateTime.class);
    if (value != null && value.getYear() >= 1 && value.getYear() <= LAST_SHORT_YEAR) {
      out.raw('"');
      out.timestamp(value, zone);
      out.raw('"');
    } else {
      out.textOrNull(row.getString(column));
    }
  }

  /** JSON has no number that is infinite or none: those travel as text. */
  private static void writeNumber(@Nullable String value, JsonBytes out) {
    if (value == null) {
      out.raw("null");
    } else if (value.endsWith("N") || value.endsWith("y")) {
      out.textOrNull(value);
    } else {
      out.raw(value);
    }
  }
}
