package io.kadb.driver.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParameterValueTest {
  static Stream<Arguments> values() {
    UUID uuid = UUID.fromString("0e984725-c51c-4bf4-9960-e1c80e27aba0");
    return Stream.of(
        arguments(null, Kind.TEXT, null),
        arguments(true, Kind.BOOLEAN, true),
        arguments((byte) 1, Kind.SMALLINT, 1L),
        arguments((short) 1, Kind.SMALLINT, 1L),
        arguments(1, Kind.INTEGER, 1L),
        arguments(Long.MIN_VALUE, Kind.BIGINT, Long.MIN_VALUE),
        arguments(1.5, Kind.DOUBLE, 1.5),
        arguments(1.1f, Kind.DOUBLE, (double) 1.1f),
        arguments(1.1f, Kind.NUMERIC, "1.1"),
        arguments(Double.NaN, Kind.DOUBLE, "NaN"),
        arguments(Float.NEGATIVE_INFINITY, Kind.REAL, "-Infinity"),
        arguments(new BigDecimal("1.50"), Kind.NUMERIC, "1.50"),
        arguments(new BigDecimal("5.0"), Kind.INTEGER, 5L),
        arguments(new BigDecimal("1.25"), Kind.DOUBLE, 1.25),
        arguments(BigInteger.ONE.shiftLeft(70), Kind.NUMERIC, "1180591620717411303424"),
        arguments("x", Kind.INTEGER, "x"),
        arguments('x', Kind.TEXT, "x"),
        arguments(uuid, Kind.UUID, uuid.toString()),
        arguments(new byte[] {0, -1}, Kind.BYTEA, "\\x00ff"),
        arguments(LocalDate.of(2024, 2, 29), Kind.DATE, "2024-02-29"),
        arguments(LocalTime.of(1, 2, 3, 4_000), Kind.TIME, "01:02:03.000004"),
        arguments(LocalDateTime.of(2024, 3, 31, 2, 30), Kind.TIMESTAMP, "2024-03-31T02:30"),
        arguments(
            OffsetDateTime.of(2024, 2, 29, 1, 2, 3, 0, ZoneOffset.ofHours(2)),
            Kind.TIMESTAMPTZ,
            "2024-02-29T01:02:03+02:00"),
        arguments(Instant.EPOCH, Kind.TIMESTAMPTZ, "1970-01-01T00:00Z"),
        arguments(Date.valueOf("2024-02-29"), Kind.DATE, "2024-02-29"),
        arguments(Time.valueOf("01:02:03"), Kind.TIME, "01:02:03"),
        arguments(
            Timestamp.valueOf("2024-02-29 01:02:03.000004"),
            Kind.TIMESTAMP,
            "2024-02-29T01:02:03.000004"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void travelsAsWhatJsonCarriesExactlyOrAsText(Object given, Kind kind, Object travelling)
      throws SQLException {
    assertThat(ParameterValue.of(given).as(kind)).isEqualTo(travelling);
  }

  @Test
  void meansWhatItShowsInACalendar() throws SQLException {
    Calendar tokyo = new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"));
    Timestamp epoch = Timestamp.from(Instant.EPOCH);
    assertThat(new ParameterValue(epoch, tokyo).as(Kind.TIMESTAMP)).isEqualTo("1970-01-01T09:00");
    assertThat(new ParameterValue(epoch, tokyo).as(Kind.TIMESTAMPTZ))
        .isEqualTo("1970-01-01T00:00Z");
  }

  @Test
  void takesTheTypeThatSetObjectNames() throws SQLException {
    assertThat(ParameterValue.of(1.005, Types.NUMERIC, 2).as(Kind.NUMERIC)).isEqualTo("1.01");
    assertThat(ParameterValue.of(5, Types.VARCHAR, null).as(Kind.TEXT)).isEqualTo("5");
  }

  @Test
  void refusesClassesThatItDoesNotKnow() {
    assertThatThrownBy(() -> ParameterValue.of(new Object()).as(Kind.TEXT))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"));
  }
}
