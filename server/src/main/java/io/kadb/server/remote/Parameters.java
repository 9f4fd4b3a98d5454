package io.kadb.server.remote;

import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** Parameters of prepared statements on their way from the client to the driver. */
final class Parameters {
  private Parameters() {}

  /** Returns the parameters of a statement as Avatica describes them. */
  static List<AvaticaParameter> of(PreparedStatement statement) throws SQLException {
    ParameterMetaData known = statement.getParameterMetaData();
    List<AvaticaParameter> parameters = new ArrayList<>();
    for (int i = 1; i <= known.getParameterCount(); i++) {
      parameters.add(
          new AvaticaParameter(
              known.isSigned(i),
              known.getPrecision(i),
              known.getScale(i),
              known.getParameterType(i),
              known.getParameterTypeName(i),
              known.getParameterClassName(i),
              "?" + i));
    }
    return parameters;
  }

  /** Sets the parameters of a statement. */
  static void set(PreparedStatement statement, @Nullable List<@Nullable TypedValue> values)
      throws SQLException {
    statement.clearParameters();
    if (values == null) {
      return;
    }
    for (int i = 0; i < values.size(); i++) {
      TypedValue value = values.get(i);
      statement.setObject(i + 1, value == null ? null : value(value));
    }
  }

  /** Dates and times come as numbers that mean the same wherever they are read. */
  private static @Nullable Object value(TypedValue typed) throws SQLException {
    Object value = typed.value;
    if (value == null) {
      return null;
    }
    return switch (typed.type) {
      case JAVA_SQL_DATE -> LocalDate.ofEpochDay(((Number) value).longValue());
      case JAVA_SQL_TIME ->
          LocalTime.ofNanoOfDay(TimeUnit.MILLISECONDS.toNanos(((Number) value).longValue()));
      case JAVA_SQL_TIMESTAMP, JAVA_UTIL_DATE ->
          LocalDateTime.ofInstant(
              Instant.ofEpochMilli(((Number) value).longValue()), ZoneOffset.UTC);
      case BYTE_STRING -> Base64.getDecoder().decode((String) value);
      case ARRAY, MULTISET, STRUCT -> throw RemoteErrors.unsupported("parameters of this class");
      default -> value;
    };
  }
}
