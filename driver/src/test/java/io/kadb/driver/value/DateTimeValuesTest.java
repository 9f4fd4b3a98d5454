package io.kadb.driver.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateTimeValuesTest {
  @ParameterizedTest
  @CsvSource({
    "2024-02-29, 2024-02-29",
    "0001-01-01, 0001-01-01",
    "0044-03-15 BC, -0043-03-15",
    "12345-06-07, +12345-06-07",
    "1582-10-10, 1582-10-10"
  })
  void readsDates(String text, String date) throws SQLException {
    assertThat(DateTimeValues.toLocalDate(text, Kind.DATE)).hasToString(date);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-29 12:34:56.789012, 2024-02-29T12:34:56.789012",
    "2024-02-29 00:00:00, 2024-02-29T00:00",
    "2024-02-29 23:59:59.000001, 2024-02-29T23:59:59.000001",
    "2024-02-29T01:02, 2024-02-29T01:02",
    "0001-12-31 10:00:00 BC, 0000-12-31T10:00",
    "2024-02-29, 2024-02-29T00:00"
  })
  void readsTimestampsToTheMicrosecond(String text, String timestamp) throws SQLException {
    assertThat(DateTimeValues.toLocalDateTime(text, Kind.TIMESTAMP)).hasToString(timestamp);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-29 12:34:56.789012+00, 2024-02-29T12:34:56.789012Z",
    "2024-02-29 12:34:56+05:30, 2024-02-29T07:04:56Z",
    "2024-02-29 12:34:56-08, 2024-02-29T20:34:56Z",
    "2024-02-29 12:34:56Z, 2024-02-29T12:34:56Z"
  })
  void readsInstants(String text, String instant) throws SQLException {
    assertThat(DateTimeValues.toInstant(text, Kind.TIMESTAMPTZ)).isEqualTo(Instant.parse(instant));
    assertThat(DateTimeValues.toOffsetDateTime(text, Kind.TIMESTAMPTZ))
        .isEqualTo(OffsetDateTime.parse(instant));
    assertThat(DateTimeValues.toInstant(text, Kind.TEXT)).isEqualTo(Instant.parse(instant));
  }

  @Test
  void convertsBetweenKinds() throws SQLException {
    String stamp = "2024-02-29 12:34:56.5";
    assertThat(DateTimeValues.toLocalDate(stamp, Kind.TIMESTAMP))
        .isEqualTo(LocalDate.of(2024, 2, 29));
    assertThat(DateTimeValues.toLocalTime(stamp, Kind.TIMESTAMP))
        .isEqualTo(LocalTime.of(12, 34, 56, 500_000_000));
    assertThat(DateTimeValues.toLocalDateTime("12:34:56.5", Kind.TIME))
        .isEqualTo(LocalDateTime.of(1970, 1, 1, 12, 34, 56, 500_000_000));
    assertThat(DateTimeValues.toLocalDate("2024-03-01 00:30:00+01", Kind.TIMESTAMPTZ))
        .isEqualTo(LocalDate.of(2024, 2, 29));
  }

  @Test
  void printsTheFractionOfATime() throws SQLException {
    Time time = SqlDateTimeValues.toTime("12:34:56.123456", Kind.TIME);
    assertThat(time).hasToString("12:34:56.123456");
    assertThat(time.toLocalTime()).isEqualTo(LocalTime.of(12, 34, 56, 123_456_000));
    assertThat(SqlDateTimeValues.toTime("00:00:00", Kind.TIME)).hasToString("00:00:00");
  }

  @Test
  void keepsWallTimesThatTheDefaultZoneDoesNotHave() throws SQLException {
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
      assertThat(DateTimeValues.toLocalDateTime("2024-03-31 02:30:00", Kind.TIMESTAMP))
          .isEqualTo(LocalDateTime.of(2024, 3, 31, 2, 30));
      assertThat(SqlDateTimeValues.toTimestamp("2024-03-31 04:30:00", Kind.TIMESTAMP))
          .isEqualTo(Timestamp.valueOf("2024-03-31 04:30:00"));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void readsWallTimesInACalendar() throws SQLException {
    Calendar tokyo = new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"));
    Timestamp timestamp =
        SqlDateTimeValues.toTimestamp("2024-02-29 09:00:00.000001", Kind.TIMESTAMP, tokyo);
    assertThat(timestamp.toInstant()).isEqualTo(Instant.parse("2024-02-29T00:00:00.000001Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-30, 22008",
    "2024-13-01, 22008",
    "tomorrow, 22007",
    "2024-02-29x, 22007",
    "2024-02, 22007",
    "'', 22007"
  })
  void refusesWhatIsNoDate(String text, String state) {
    assertThatThrownBy(() -> DateTimeValues.toLocalDate(text, Kind.TEXT))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
  }

  @Test
  void refusesKindsThatHaveNoDate() {
    assertThatThrownBy(() -> DateTimeValues.toLocalDate(1, Kind.INTEGER))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42804"));
    assertThatThrownBy(() -> DateTimeValues.toLocalTime("2024-02-29", Kind.DATE))
        .isInstanceOf(SQLException.class);
  }
}
