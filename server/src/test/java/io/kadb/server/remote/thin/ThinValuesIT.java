package io.kadb.server.remote.thin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.SqlClient;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every getter of both drivers says the same of values of every type. */
class ThinValuesIT extends ThinFixture {
  private static final List<List<String>> COLUMNS =
      List.of(
          List.of("c_smallint", "smallint", "-32768", "1"),
          List.of("c_integer", "integer", "2147483647", "0"),
          List.of("c_bigint", "bigint", "-9223372036854775808", "9007199254740993"),
          List.of("c_real", "real", "0.1", "Infinity"),
          List.of("c_real2", "real", "1e20", "-0"),
          List.of("c_double", "double precision", "1e23", "NaN"),
          List.of("c_double2", "double precision", "3", "-0.0000123"),
          List.of("c_numeric", "numeric", "1.10", "12345678901234567890123456789.000000000012340"),
          List.of("c_money", "numeric(12,2)", "1.005", "-9999999999.99"),
          List.of("c_boolean", "boolean", "yes", "off"),
          List.of("c_text", "text", "ä 漢 😀", "12"),
          List.of("c_text2", "text", "2024-02-29 12:34:56.789012", "t"),
          List.of("c_varchar5", "varchar(5)", "äöüßx", "a"),
          List.of("c_char5", "char(5)", "ab", "漢字"),
          List.of("c_bytea", "bytea", "\\x00ff", "\\x"),
          List.of("c_date", "date", "0001-01-01", "9999-12-31"),
          List.of("c_time", "time", "23:59:59.999999", "00:00"),
          List.of("c_time3", "time(3)", "12:34:56.789", "12:34:56"),
          List.of("c_timestamp", "timestamp", "1582-10-10 12:00:00.000001", "2024-02-29T12:34"),
          List.of("c_timestamp2", "timestamp", "2024-03-31 02:30:00.5", "0001-01-01 00:00:00"),
          List.of("c_timestamptz", "timestamptz", "2024-02-29 12:34:56.123456+05:30", "9999-12-31"),
          List.of("c_interval", "interval", "1 year 2 days 03:04:05.000006", "P-1M2DT-3.5S"),
          List.of(
              "c_uuid",
              "uuid",
              "123e4567-e89b-12d3-a456-426614174000",
              "00000000-0000-0000-0000-000000000001"),
          List.of("c_json", "json", "{\"a\" : 1.10}", "[ ]"),
          List.of("c_jsonb", "jsonb", "{\"b\": 1}", "null"),
          List.of("c_oid", "oid", "4294967295", "0"),
          List.of("c_inet", "inet", "10.0.0.1/24", "::1"));

  private static final List<Class<?>> CLASSES =
      List.of(
          Object.class,
          String.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          Number.class,
          BigDecimal.class,
          BigInteger.class,
          Boolean.class,
          byte[].class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetDateTime.class,
          Instant.class,
          Date.class,
          Time.class,
          Timestamp.class,
          java.util.Date.class,
          UUID.class,
          List.class);

  private static final List<String> GETTERS =
      List.of(
          "getString",
          "getBoolean",
          "getByte",
          "getShort",
          "getInt",
          "getLong",
          "getFloat",
          "getDouble",
          "getBigDecimal",
          "getBytes",
          "getDate",
          "getTime",
          "getTimestamp",
          "getObject",
          "getNString");

  @BeforeEach
  void fill() throws SQLException {
    table(
            String.join(", ", COLUMNS.stream().map(c -> c.get(0) + " " + c.get(1)).toList()),
            "csv_delimeter '|'",
            "csv_quote '~'",
            "k_scan_mode 'snapshot'")
        .send(0, record(2), record(3), "|".repeat(COLUMNS.size() - 1));
  }

  private static String record(int value) {
    return String.join("|", COLUMNS.stream().map(c -> c.get(value)).toList());
  }

  @Test
  void areThoseOfTheDriverInProcess() throws SQLException {
    List<String> here = values(local.connection());
    List<String> there = values(remote.connection());
    assertThat(here).hasSize(3 * COLUMNS.size() * (GETTERS.size() + CLASSES.size() + 4));
    assertThat(there).hasSameSizeAs(here);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < here.size(); i++) {
      if (!here.get(i).equals(there.get(i))) {
        differences.add(here.get(i) + " <> " + there.get(i));
      }
    }
    assertThat(differences).isEmpty();
  }

  @Test
  void areDescribedAsByTheDriverInProcess() throws SQLException {
    assertThat(description(remote.connection()))
        .hasSizeGreaterThan(COLUMNS.size() * 15)
        .isEqualTo(description(local.connection()));
  }

  @Test
  void keepMicrosecondsInParameters() throws SQLException {
    LocalDateTime moment = LocalDateTime.of(1582, 10, 10, 12, 0, 0, 1_000);
    List<Object> parameters =
        List.of(
            moment,
            "1582-10-10 12:00:00.000001",
            Timestamp.valueOf("2024-02-29 12:34:00"),
            LocalDate.of(1, 1, 1),
            LocalTime.of(23, 59, 59, 999_999_000),
            OffsetDateTime.parse("2024-02-29T07:04:56.123456Z"),
            new BigDecimal("1.10"),
            -9223372036854775808L,
            (short) -32768,
            0.1f,
            1e23,
            true,
            "ä 漢 😀",
            new byte[] {0, -1},
            UUID.fromString("123e4567-e89b-12d3-a456-426614174000"));
    List<String> columns =
        List.of(
            "c_timestamp",
            "c_timestamp",
            "c_timestamp",
            "c_date",
            "c_time",
            "c_timestamptz",
            "c_numeric",
            "c_bigint",
            "c_smallint",
            "c_real",
            "c_double",
            "c_boolean",
            "c_text",
            "c_bytea",
            "c_uuid");
    for (int i = 0; i < columns.size(); i++) {
      String sql = "SELECT " + columns.get(i) + " FROM t WHERE " + columns.get(i) + " = ?";
      assertThat(remote.rows(sql, parameters.get(i)))
          .as(columns.get(i))
          .hasSize(1)
          .isEqualTo(local.rows(sql, parameters.get(i)));
    }
  }

  @Test
  void areFoundByNamesInAnyCase() throws SQLException {
    try (PreparedStatement statement =
            remote.connection().prepareStatement("SELECT c_text AS \"Mixed\" FROM t");
        ResultSet result = statement.executeQuery()) {
      assertThat(result.next()).isTrue();
      assertThat(result.getString("mixed")).isEqualTo(result.getString("MIXED"));
      assertThat(statement.getMetaData().getColumnLabel(1)).isEqualTo("Mixed");
    }
  }

  private static List<String> values(Connection connection) throws SQLException {
    List<String> all = new ArrayList<>();
    try (var statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT * FROM t")) {
      for (int row = 1; result.next(); row++) {
        for (int column = 1; column <= COLUMNS.size(); column++) {
          String place = row + " " + COLUMNS.get(column - 1).get(0) + " ";
          for (String getter : GETTERS) {
            all.add(place + getter + " " + got(result, getter, column));
          }
          for (Class<?> wanted : CLASSES) {
            all.add(place + wanted.getName() + " " + got(result, wanted, column));
          }
          GregorianCalendar tokyo = new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"));
          int number = column;
          all.add(place + "date " + shown(() -> result.getDate(number, tokyo)));
          all.add(place + "time " + shown(() -> result.getTime(number, tokyo)));
          all.add(place + "timestamp " + shown(() -> result.getTimestamp(number, tokyo)));
          all.add(place + "null " + (result.getString(column) == null) + result.wasNull());
        }
      }
    }
    return all;
  }

  private static String got(ResultSet result, String getter, int column) {
    return shown(() -> ResultSet.class.getMethod(getter, int.class).invoke(result, column));
  }

  private static String got(ResultSet result, Class<?> wanted, int column) {
    return shown(() -> result.getObject(column, wanted));
  }

  /** Something that gives a value or throws. */
  private interface Getter {
    Object get() throws Exception;
  }

  private static String shown(Getter getter) {
    try {
      Object value = getter.get();
      String text = value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
      // The time of a java.sql.Time has more than it shows.
      String more = value instanceof java.util.Date date ? " " + date.getTime() : "";
      return (value == null ? "" : value.getClass().getSimpleName() + " ") + text + more;
    } catch (InvocationTargetException e) {
      return failure(e.getCause());
    } catch (Exception e) {
      return failure(e);
    }
  }

  private static String failure(Throwable e) {
    return e instanceof SQLException sql
        ? e.getClass().getSimpleName() + " " + sql.getSQLState()
        : e.toString();
  }

  private static List<String> description(Connection connection) throws SQLException {
    List<String> all = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM t");
        ResultSet result = statement.executeQuery()) {
      for (ResultSetMetaData data : List.of(statement.getMetaData(), result.getMetaData())) {
        for (int i = 1; i <= data.getColumnCount(); i++) {
          for (var method : ResultSetMetaData.class.getMethods()) {
            if (Arrays.equals(method.getParameterTypes(), new Class<?>[] {int.class})) {
              int column = i;
              all.add(i + " " + method.getName() + " " + shown(() -> method.invoke(data, column)));
            }
          }
        }
      }
    }
    return all;
  }

  @Test
  void ofParametersAreDescribedAsByTheDriverInProcess() throws SQLException {
    assertThat(parameters(remote)).isEqualTo(parameters(local));
  }

  private static List<String> parameters(SqlClient client) throws SQLException {
    List<String> all = new ArrayList<>();
    String sql = "SELECT 1 FROM t WHERE c_numeric > ? AND c_text = ? AND c_timestamp < ?";
    try (PreparedStatement statement = client.connection().prepareStatement(sql)) {
      var data = statement.getParameterMetaData();
      for (int i = 1; i <= data.getParameterCount(); i++) {
        all.add(
            data.getParameterType(i)
                + " "
                + data.getParameterTypeName(i)
                + " "
                + data.getParameterClassName(i)
                + " "
                + data.getPrecision(i)
                + " "
                + data.getScale(i));
      }
    }
    return all;
  }
}
