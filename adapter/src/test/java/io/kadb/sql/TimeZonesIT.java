package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dates and times do not depend on a time zone, neither on that of the JVM nor on that of sessions
 * in the store: not in hours that a zone leaves out, not before the Gregorian calendar.
 */
class TimeZonesIT extends TableFixture {
  /** Dates in text and times that some zone does not have, has twice or has with odd offsets. */
  private static final List<LocalDateTime> MOMENTS =
      List.of(
          LocalDateTime.parse("0001-01-01T00:00:00"),
          LocalDateTime.parse("0001-01-01T23:59:59.999999"),
          LocalDateTime.parse("1582-10-04T12:00:00.000001"),
          LocalDateTime.parse("1582-10-05T00:00:00"),
          LocalDateTime.parse("1582-10-10T00:00:00"),
          LocalDateTime.parse("1582-10-14T23:59:59.999999"),
          LocalDateTime.parse("1582-10-15T00:00:00"),
          LocalDateTime.parse("1892-07-04T12:00:00"),
          LocalDateTime.parse("1914-01-01T00:03:20.5"),
          LocalDateTime.parse("1969-12-31T23:59:59.999999"),
          LocalDateTime.parse("1970-01-01T00:00:00"),
          LocalDateTime.parse("2011-12-30T12:00:00.123456"),
          LocalDateTime.parse("2018-11-04T00:00:00"),
          LocalDateTime.parse("2018-11-04T00:30:00.000001"),
          LocalDateTime.parse("2018-02-17T23:30:00"),
          LocalDateTime.parse("2024-03-10T02:30:00"),
          LocalDateTime.parse("2024-02-29T23:59:59.999999"),
          LocalDateTime.parse("9999-12-31T23:59:59.999999"));

  private static final LocalDate GREGORIAN = LocalDate.of(1582, 10, 15);

  private final TimeZone before = TimeZone.getDefault();

  @Override
  StoreForm store() {
    return StoreForm.POSTGRES;
  }

  @BeforeEach
  void fill() throws SQLException {
    TestTopic topic = kafka.newTopic("zones", 1);
    List<String> records = new ArrayList<>();
    for (int i = 0; i < MOMENTS.size(); i++) {
      LocalDateTime moment = MOMENTS.get(i);
      records.add(
          String.join(
              ",",
              String.valueOf(i),
              moment.toLocalDate().toString(),
              moment.toLocalTime().toString(),
              moment.toString(),
              moment + "Z"));
    }
    topic.send(0, records.toArray(String[]::new));
    table(
        "t (id int, d date, clock time, at timestamp, zoned timestamptz)",
        topic,
        "k_scan_mode 'snapshot'");
    postgres.execute(
        "ALTER DATABASE " + postgres.database() + " SET timezone = 'America/New_York'",
        "DROP TABLE IF EXISTS moments, copied",
        "CREATE TABLE moments (id int, d date, clock time, at timestamp, zoned timestamptz)",
        "CREATE TABLE copied (LIKE moments)");
  }

  @AfterEach
  void restore() {
    TimeZone.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pacific/Apia", "America/Sao_Paulo", "Asia/Kolkata", "UTC"})
  void isTheSameInEveryZone(String zone) throws SQLException {
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    SqlClient client = connect();
    try (Statement statement = client.connection().createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM t ORDER BY id")) {
      for (LocalDateTime moment : MOMENTS) {
        assertThat(row.next()).isTrue();
        checkTexts(row, moment);
        checkJavaTime(row, moment);
        checkSqlClasses(row, moment);
      }
      assertThat(row.next()).isFalse();
    }
    assertThat(client.update("INSERT INTO pg.public.moments SELECT * FROM t"))
        .isEqualTo(MOMENTS.size());
    List<String> wanted = MOMENTS.stream().map(TimeZonesIT::texts).toList();
    assertThat(loaded("moments")).isEqualTo(wanted);
    assertThat(client.rows("SELECT clock, at FROM pg.public.moments ORDER BY id"))
        .isEqualTo(client.rows("SELECT clock, at FROM t ORDER BY id"));
    client.update("INSERT INTO pg.public.copied SELECT * FROM pg.public.moments");
    assertThat(loaded("copied")).isEqualTo(wanted);
    for (LocalDateTime moment : MOMENTS) {
      assertThat(client.rows("SELECT id FROM t WHERE at = ?", moment))
          .containsExactly(String.valueOf(MOMENTS.indexOf(moment)));
      assertThat(client.rows("SELECT id FROM t WHERE zoned = ?", moment.atOffset(ZoneOffset.UTC)))
          .containsExactly(String.valueOf(MOMENTS.indexOf(moment)));
      assertThat(client.rows("SELECT min(id) FROM t WHERE d = ?", moment.toLocalDate()))
          .hasSize(1)
          .doesNotContain("null");
    }
  }

  private static void checkTexts(ResultSet row, LocalDateTime moment) throws SQLException {
    assertThat(
            String.join(
                "|",
                row.getString("d"),
                row.getString("clock"),
                row.getString("at"),
                row.getString("zoned")))
        .isEqualTo(texts(moment));
  }

  /** Returns the moment as PostgreSQL prints it in four types, in UTC. */
  private static String texts(LocalDateTime moment) {
    String fraction =
        moment.getNano() == 0
            ? ""
            : String.format(".%06d", moment.getNano() / 1000).replaceAll("0+$", "");
    String clock =
        String.format("%02d:%02d:%02d", moment.getHour(), moment.getMinute(), moment.getSecond());
    String date = moment.toLocalDate().toString();
    String at = date + " " + clock + fraction;
    return String.join("|", date, clock + fraction, at, at + "+00");
  }

  private static void checkJavaTime(ResultSet row, LocalDateTime moment) throws SQLException {
    assertThat(row.getObject("d", LocalDate.class)).isEqualTo(moment.toLocalDate());
    assertThat(row.getObject("clock", LocalTime.class)).isEqualTo(moment.toLocalTime());
    assertThat(row.getObject("at", LocalDateTime.class)).isEqualTo(moment);
    assertThat(row.getObject("zoned", OffsetDateTime.class))
        .isEqualTo(moment.atOffset(ZoneOffset.UTC));
  }

  /** The old classes show wall time in the default zone or a calendar's, if it has that time. */
  private static void checkSqlClasses(ResultSet row, LocalDateTime moment) throws SQLException {
    assertThat(row.getTimestamp("zoned").toInstant()).isEqualTo(moment.toInstant(ZoneOffset.UTC));
    if (moment.toLocalDate().isBefore(GREGORIAN)) {
      return;
    }
    Calendar utc = Calendar.getInstance(TimeZone.getTimeZone("UTC"));
    long millis = moment.toInstant(ZoneOffset.UTC).toEpochMilli();
    long midnight = moment.toLocalDate().toEpochDay() * 86_400_000;
    assertThat(row.getTimestamp("at", utc).getTime()).isEqualTo(millis);
    assertThat(row.getTimestamp("at", utc).getNanos()).isEqualTo(moment.getNano());
    assertThat(row.getDate("d", utc).getTime()).isEqualTo(midnight);
    assertThat(row.getTime("clock", utc).getTime()).isEqualTo(millis - midnight);
    boolean exists = !TimeZone.getDefault().toZoneId().getRules().getValidOffsets(moment).isEmpty();
    if (exists) {
      assertThat(row.getTimestamp("at").toLocalDateTime()).isEqualTo(moment);
    }
    LocalDateTime noon = moment.toLocalDate().atTime(12, 0);
    if (!TimeZone.getDefault().toZoneId().getRules().getValidOffsets(noon).isEmpty()) {
      assertThat(row.getDate("d").toLocalDate()).isEqualTo(moment.toLocalDate());
    }
  }

  private List<String> loaded(String table) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET timezone = 'UTC'");
      try (ResultSet result =
          statement.executeQuery(
              "SELECT concat_ws('|', d, clock, at, zoned) FROM " + table + " ORDER BY id")) {
        while (result.next()) {
          rows.add(result.getString(1));
        }
      }
    }
    return rows;
  }
}
