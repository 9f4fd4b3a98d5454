package io.kadb.sql;

import static io.kadb.sql.TableFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kadb.testing.PostgresTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestPostgres;
import java.sql.Date;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates and times of PostgreSQL that the engine has no values for, and those of parameters. */
@PostgresTest
class WarehouseTimesIT {
  private TestPostgres postgres;
  private SqlClient sql;

  @BeforeEach
  void createTable(TestPostgres database) throws SQLException {
    postgres = database;
    postgres.execute(
        "DROP TABLE IF EXISTS moments",
        "CREATE TABLE moments (n int, d date, at timestamp(6), zoned timestamptz, clock timetz)",
        "INSERT INTO moments VALUES"
            + " (1, '2024-02-29', '2024-02-29 10:00:00.123456', '2024-02-29 10:00Z', '10:00+02'),"
            + " (2, 'infinity', 'infinity', 'infinity', '24:00:00-14'),"
            + " (3, '-infinity', '-infinity', '-infinity', '23:59:59.999999+05:30'),"
            + " (4, NULL, NULL, NULL, NULL)");
    sql = SqlClient.connect(Map.of("store", postgres.jdbcUrl()));
  }

  @AfterEach
  void close() throws SQLException {
    sql.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT d FROM pg.public.moments WHERE n = 2",
        "SELECT at FROM pg.public.moments WHERE n = 2",
        "SELECT zoned FROM pg.public.moments WHERE n = 3",
        "SELECT max(at) FROM pg.public.moments",
        "SELECT min(at) FROM pg.public.moments",
        "SELECT * FROM pg.public.moments ORDER BY n",
        "SELECT m.at FROM pg.public.moments m JOIN (VALUES (2)) v(n) ON m.n = v.n",
        "SELECT CASE WHEN m.n > v.n THEN v.at ELSE m.at END FROM pg.public.moments m"
            + " JOIN (VALUES (2, TIMESTAMP '2024-01-01 00:00:00.000001')) v(n, at) ON m.n = v.n",
        "INSERT INTO pg.public.moments SELECT * FROM pg.public.moments",
      })
  void infiniteOnesAreRefusedWithAWayOut(String statement) {
    assertThat(refused("22008", () -> run(statement))).contains("infinite");
    Throwable error = catchThrowable(() -> run(statement));
    assertThat(error.getMessage()).contains("casts it to text");
  }

  private void run(String statement) throws SQLException {
    if (statement.startsWith("SELECT")) {
      sql.rows(statement);
    } else {
      sql.update(statement);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT count(*) FROM pg.public.moments WHERE at > TIMESTAMP '2024-01-01 00:00:00';2",
        "SELECT count(*) FROM pg.public.moments m JOIN (VALUES (TIMESTAMP"
            + " '2024-01-01 00:00:00.000001')) v(at) ON m.at > v.at;2",
        "SELECT max(at) FROM pg.public.moments WHERE n <> 2;2024-02-29 10:00:00.123456",
        "SELECT at FROM pg.public.moments WHERE n = 4;null",
        "SELECT zoned FROM pg.public.moments WHERE n = 1;2024-02-29 10:00:00",
      })
  void infiniteOnesCompareLikeOthers(String query, String value) throws SQLException {
    assertThat(sql.value(query)).isEqualTo(value);
  }

  @Test
  void infiniteOnesCompareWithParameters() throws SQLException {
    LocalDateTime start = LocalDateTime.parse("2024-01-01T00:00:00.000001");
    String rest = " FROM pg.public.moments WHERE at > ?";
    assertThat(sql.rows("SELECT n" + rest + " ORDER BY at DESC", start)).containsExactly("2", "1");
    refused("22008", () -> sql.rows("SELECT at" + rest, start));
    refused("22008", () -> sql.rows("SELECT CAST(at AS VARCHAR)" + rest, start));
    refused("22008", () -> sql.rows("SELECT EXTRACT(YEAR FROM at)" + rest, start));
  }

  @Test
  void timesWithAZoneAreTheirText() throws SQLException {
    assertThat(sql.rows("SELECT clock FROM pg.public.moments ORDER BY n"))
        .containsExactly("10:00:00+02", "24:00:00-14", "23:59:59.999999+05:30", "null");
    assertThat(
            sql.rows("SELECT m.clock FROM pg.public.moments m JOIN (VALUES (2)) v(n) ON m.n = v.n"))
        .containsExactly("24:00:00-14");
    assertThat(sql.rows("SELECT n FROM pg.public.moments WHERE clock IS NULL"))
        .containsExactly("4");
  }

  @Test
  void timesWithAZoneAreCopiedAsTheyAre() throws SQLException {
    sql.update(
        "INSERT INTO pg.public.moments (n, clock) SELECT n + 10, clock FROM"
            + " pg.public.moments");
    assertThat(
            postgres.queryText(
                "SELECT string_agg(clock::text, ' ' ORDER BY n) FROM moments WHERE n > 10"))
        .isEqualTo("10:00:00+02 24:00:00-14 23:59:59.999999+05:30");
  }

  @Test
  void datesAreComparedWithParameters() throws SQLException {
    String query = "SELECT n FROM pg.public.moments WHERE d = ?";
    LocalDate day = LocalDate.of(2024, 2, 29);
    assertThat(sql.rows(query, day)).containsExactly("1");
    assertThat(sql.rows(query, Date.valueOf(day))).containsExactly("1");
    assertThat(sql.rows(query, "2024-02-29")).containsExactly("1");
    assertThat(sql.rows(query, day.plusDays(1))).isEmpty();
    assertThat(sql.rows(query, (Object) null)).isEmpty();
    assertThat(
            sql.rows(
                "SELECT n FROM pg.public.moments WHERE d BETWEEN ? AND ? ORDER BY n",
                day,
                LocalDate.of(9999, 1, 1)))
        .containsExactly("1");
    assertThat(
            sql.rows(
                "SELECT m.n FROM pg.public.moments m JOIN (VALUES (1)) v(n) ON m.n = v.n"
                    + " WHERE m.d = ?",
                day))
        .containsExactly("1");
  }
}
