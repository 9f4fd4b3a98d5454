package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of every type, from a topic to the client and into PostgreSQL. */
class AllTypesIT extends TableFixture {
  private static final String SOME_UUID = "123e4567-e89b-12d3-a456-426614174000";

  private static final String OTHER_UUID = "00000000-0000-0000-0000-000000000001";

  /** Name, type and two values of each column. */
  private static final List<List<String>> COLUMNS =
      List.of(
          List.of("c_smallint", "smallint", "-32768", " 0x7F "),
          List.of("c_integer", "integer", "2147483647", "1_000"),
          List.of("c_bigint", "bigint", "-9223372036854775808", "9007199254740993"),
          List.of("c_real", "real", "0.1", "Infinity"),
          List.of("c_double", "double precision", "1e23", "NaN"),
          List.of("c_numeric", "numeric", "1.10", "12345678901234567890123456789.000000000012340"),
          List.of("c_money", "numeric(12,2)", "1.005", "-9999999999.99"),
          List.of("c_rough", "numeric(5,-2)", "1250", "-49"),
          List.of("c_fine", "numeric(3,5)", "0.0012345", "-.00999"),
          List.of("c_boolean", "boolean", "yes", "off"),
          List.of("c_text", "text", "ä 漢 😀", "'; DROP"),
          List.of("c_varchar", "varchar", "x", "\\"),
          List.of("c_varchar5", "varchar(5)", "äöüßx", "a"),
          List.of("c_char5", "char(5)", "ab", "漢字"),
          List.of("c_bytea", "bytea", "\\x00ff", "a\\\\b"),
          List.of("c_date", "date", "0001-01-01", "9999-12-31"),
          List.of("c_time", "time", "23:59:59.999999", "00:00"),
          List.of("c_time3", "time(3)", "12:34:56.7895", "12:34:56"),
          List.of("c_timestamp", "timestamp", "1582-10-10 12:00:00.000001", "2024-02-29T12:34"),
          List.of("c_timestamp0", "timestamp(0)", "2024-02-29 23:59:59.5", "1969-12-31 23:59:59"),
          List.of("c_timestamptz", "timestamptz", "2024-02-29 12:34:56.123456+05:30", "9999-12-31"),
          List.of("c_interval", "interval", "1 year 2 days 03:04:05.000006", "P-1M2DT-3.5S"),
          List.of("c_uuid", "uuid", "{123E4567E89B12D3A456426614174000}", OTHER_UUID),
          List.of("c_json", "json", "{\"a\" : 1.10}", "[ ]"),
          List.of("c_jsonb", "jsonb", "{\"b\": 1, \"a\": \"ä\"}", "null"),
          List.of("c_oid", "oid", "4294967295", "0"),
          List.of("c_inet", "inet", "10.0.0.1/24", "::1"),
          List.of("c_cash", "money", "$1,234.50", "-7"),
          List.of("c_mood", "mood", "happy", "sad"));

  @Override
  StoreForm store() {
    return StoreForm.POSTGRES;
  }

  @BeforeEach
  void fill() throws SQLException {
    TestTopic topic = kafka.newTopic("types", 1);
    topic.send(0, record(2), record(3), "");
    table(
        "t (" + declared() + ")",
        topic,
        "csv_delimeter '|'",
        "csv_attribute_trim_whitespace 'false'",
        "k_scan_mode 'snapshot'");
    postgres.execute(
        "DROP TABLE IF EXISTS target",
        "DROP TYPE IF EXISTS mood",
        "CREATE TYPE mood AS ENUM ('sad', 'happy')",
        "CREATE TABLE target (" + declared() + ")");
  }

  private static String declared() {
    return String.join(", ", COLUMNS.stream().map(c -> c.get(0) + " " + c.get(1)).toList());
  }

  private static String record(int value) {
    return String.join("|", COLUMNS.stream().map(c -> c.get(value)).toList());
  }

  @Test
  void givesTextsThatPostgresReadsAndPrintsAlike() throws SQLException {
    List<String> ours = new ArrayList<>();
    List<String> theirs = new ArrayList<>();
    try (Statement statement = sql.connection().createStatement();
        ResultSet result = statement.executeQuery("SELECT * FROM t")) {
      for (int row = 2; result.next(); row++) {
        for (int i = 1; i <= COLUMNS.size(); i++) {
          List<String> column = COLUMNS.get(i - 1);
          ours.add(column.get(0) + " " + normal(column.get(1), result.getString(i)));
          theirs.add(column.get(0) + " " + normal(column.get(1), column.get(row)));
        }
      }
    }
    assertThat(ours).hasSize(2 * COLUMNS.size()).isEqualTo(theirs);
  }

  /** Returns the text as PostgreSQL prints it after reading it. */
  private String normal(String type, String text) throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET timezone = 'UTC'");
      statement.execute("SET intervalstyle = 'iso_8601'");
      try (ResultSet result =
          statement.executeQuery(
              "SELECT format('%s', '" + text.replace("'", "''") + "'::" + type + ")")) {
        result.next();
        return result.getString(1);
      }
    }
  }

  @Test
  void loadsEveryTypeIntoPostgres() throws SQLException {
    assertThat(sql.update("INSERT INTO pg.public.target SELECT * FROM t")).isEqualTo(2);
    for (List<String> column : COLUMNS) {
      for (int row = 2; row <= 3; row++) {
        String same =
            "SELECT count(*) FROM target WHERE format('%s', "
                + column.get(0)
                + ") = format('%s', '"
                + column.get(row).replace("'", "''")
                + "'::"
                + column.get(1)
                + ")";
        assertThat(postgres.queryLong(same)).as(column.get(0) + " " + column.get(row)).isEqualTo(1);
      }
    }
  }

  @Test
  void describesResultsAsItDescribesTables() throws SQLException {
    DatabaseMetaData database = sql.connection().getMetaData();
    try (Statement statement = sql.connection().createStatement();
        ResultSet result = statement.executeQuery("SELECT * FROM t");
        ResultSet columns = database.getColumns(null, "public", "t", "%")) {
      ResultSetMetaData described = result.getMetaData();
      for (int i = 1; i <= COLUMNS.size(); i++) {
        assertThat(columns.next()).isTrue();
        assertThat(columns.getString("COLUMN_NAME")).isEqualTo(described.getColumnName(i));
        assertThat(columns.getInt("DATA_TYPE")).isEqualTo(described.getColumnType(i));
        assertThat(columns.getString("TYPE_NAME")).isEqualTo(described.getColumnTypeName(i));
        assertThat(columns.getInt("COLUMN_SIZE")).isEqualTo(described.getPrecision(i));
        assertThat(columns.getInt("DECIMAL_DIGITS")).isEqualTo(described.getScale(i));
        assertThat(columns.getInt("NULLABLE")).isEqualTo(described.isNullable(i));
        assertThat(columns.getInt("ORDINAL_POSITION")).isEqualTo(i);
      }
      assertThat(columns.next()).isFalse();
    }
  }

  /** Texts and classes never exceed what the metadata announce. */
  @Test
  void keepsToTheSizesAndClassesItAnnounces() throws SQLException, ClassNotFoundException {
    try (Statement statement = sql.connection().createStatement();
        ResultSet result = statement.executeQuery("SELECT * FROM t")) {
      ResultSetMetaData described = result.getMetaData();
      while (result.next()) {
        for (int i = 1; i <= COLUMNS.size(); i++) {
          String name = described.getColumnName(i);
          String text = result.getString(i);
          assertThat(text.codePointCount(0, text.length()))
              .as(name)
              .isLessThanOrEqualTo(described.getColumnDisplaySize(i));
          assertThat(result.getObject(i))
              .as(name)
              .isInstanceOf(Class.forName(described.getColumnClassName(i)));
        }
      }
    }
  }

  @Test
  void givesTheClassesOfJavaTime() throws SQLException {
    try (Statement statement = sql.connection().createStatement();
        ResultSet result = statement.executeQuery("SELECT * FROM t")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getObject("c_date", LocalDate.class)).isEqualTo(LocalDate.of(1, 1, 1));
      assertThat(result.getObject("c_time", LocalTime.class))
          .isEqualTo(LocalTime.parse("23:59:59.999999"));
      assertThat(result.getObject("c_timestamp", LocalDateTime.class))
          .isEqualTo(LocalDateTime.parse("1582-10-10T12:00:00.000001"));
      assertThat(result.getObject("c_timestamptz", OffsetDateTime.class))
          .isEqualTo(OffsetDateTime.parse("2024-02-29T07:04:56.123456Z"));
      assertThat(result.getObject("c_uuid", UUID.class)).isEqualTo(UUID.fromString(SOME_UUID));
      assertThat(result.getObject("c_numeric", BigDecimal.class)).isEqualTo(new BigDecimal("1.10"));
      assertThat(result.getObject("c_bigint", BigInteger.class))
          .isEqualTo(BigInteger.valueOf(Long.MIN_VALUE));
      assertThat(result.getObject("c_bytea", byte[].class)).containsExactly(0, 0xff);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT c_numeric FROM t ORDER BY c_numeric LIMIT 1;1.10",
        "SELECT max(c_numeric) FROM t;12345678901234567890123456789.000000000012340",
        "SELECT sum(c_numeric) FROM t;12345678901234567890123456790.100000000012340",
        "SELECT count(*) FROM t WHERE c_numeric = 1.1;1",
        "SELECT count(*) FROM t WHERE c_numeric > 12345678901234567890123456789.00000000001233;1",
        "SELECT count(*) FROM t a JOIN t b ON a.c_numeric = b.c_numeric;2",
        "SELECT count(*) FROM (SELECT c_numeric, count(*) FROM t GROUP BY c_numeric) g;2",
        "SELECT CAST(c_numeric AS VARCHAR) FROM t WHERE c_boolean;1.10",
        "SELECT c_rough FROM t WHERE c_boolean;1300",
        "SELECT c_money FROM t WHERE c_boolean;1.01",
        "SELECT c_inet FROM t WHERE c_boolean;10.0.0.1/24"
      })
  void calculatesExactly(String query, String wanted) throws SQLException {
    assertThat(sql.rows(query)).containsExactly(wanted);
  }
}
