package io.kadb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.sql.ResultColumn;
import io.kadb.type.ColumnType;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collections;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultSetValuesTest {
  private static final LocalDateTime MOMENT = LocalDateTime.parse("2024-02-29T12:34:56.123456");
  private static final long MOMENT_MICROS = micros(MOMENT);
  private static final long TIME_MICROS = micros(LocalDate.EPOCH.atTime(MOMENT.toLocalTime()));
  private static final int DAY = (int) MOMENT.toLocalDate().toEpochDay();
  private static final String SOME_UUID = "123e4567-e89b-12d3-a456-426614174000";

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of(ColumnType.SMALLINT, (short) -7, "-7"),
        Arguments.of(ColumnType.BIGINT, Long.MIN_VALUE, "-9223372036854775808"),
        Arguments.of(ColumnType.NUMERIC, new BigDecimal("1E+3"), "1000"),
        Arguments.of(ColumnType.DOUBLE, Double.NaN, "NaN"),
        Arguments.of(ColumnType.BOOLEAN, true, "true"),
        Arguments.of(ColumnType.BYTEA, new byte[] {1, (byte) 0xab}, "\\x01ab"),
        Arguments.of(ColumnType.DATE, DAY, "2024-02-29"),
        Arguments.of(ColumnType.TIME, TIME_MICROS, "12:34:56.123456"),
        Arguments.of(ColumnType.TIMESTAMP, MOMENT_MICROS, "2024-02-29 12:34:56.123456"),
        Arguments.of(ColumnType.TIMESTAMPTZ, MOMENT_MICROS, "2024-02-29 12:34:56.123456+00"),
        Arguments.of(ColumnType.INTERVAL, "P1M2DT3.004S", "P1M2DT3.004S"),
        Arguments.of(ColumnType.JSON, "{\"a\": 1}", "{\"a\": 1}"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void getStringPrintsAsPostgresqlDoes(ColumnType type, Object value, String text)
      throws SQLException {
    assertThat(row(type, value).getString(1)).isEqualTo(text);
  }

  static Stream<Arguments> objects() {
    return Stream.of(
        Arguments.of(ColumnType.SMALLINT, (short) 7, 7),
        Arguments.of(ColumnType.INTEGER, 7, 7),
        Arguments.of(ColumnType.BIGINT, 7L, 7L),
        Arguments.of(ColumnType.OID, 4_000_000_000L, 4_000_000_000L),
        Arguments.of(ColumnType.REAL, 1.5f, 1.5f),
        Arguments.of(ColumnType.DOUBLE, 1.5, 1.5),
        Arguments.of(ColumnType.NUMERIC, new BigDecimal("1.50"), new BigDecimal("1.50")),
        Arguments.of(ColumnType.BOOLEAN, false, false),
        Arguments.of(ColumnType.TEXT, "x", "x"),
        Arguments.of(ColumnType.BYTEA, new byte[] {1}, new byte[] {1}),
        Arguments.of(ColumnType.DATE, DAY, Date.valueOf("2024-02-29")),
        Arguments.of(
            ColumnType.TIMESTAMP, MOMENT_MICROS, Timestamp.valueOf("2024-02-29 12:34:56.123456")),
        Arguments.of(
            ColumnType.TIMESTAMPTZ,
            MOMENT_MICROS,
            Timestamp.from(MOMENT.toInstant(ZoneOffset.UTC))),
        Arguments.of(ColumnType.UUID, SOME_UUID, SOME_UUID),
        Arguments.of(ColumnType.other("inet"), "10.0.0.1", "10.0.0.1"));
  }

  @ParameterizedTest
  @MethodSource("objects")
  void getObjectGivesTheClassThatMetadataNames(ColumnType type, Object value, Object expected)
      throws SQLException {
    ResultSet row = row(type, value);
    assertThat(row.getObject(1)).isEqualTo(expected);
    assertThat(row.getMetaData().getColumnClassName(1)).isEqualTo(expected.getClass().getName());
  }

  static Stream<Arguments> classes() {
    return Stream.of(
        Arguments.of(ColumnType.INTEGER, 7, Long.class, 7L),
        Arguments.of(ColumnType.INTEGER, 7, Short.class, (short) 7),
        Arguments.of(ColumnType.INTEGER, 7, Byte.class, (byte) 7),
        Arguments.of(ColumnType.BIGINT, 7L, Integer.class, 7),
        Arguments.of(ColumnType.BIGINT, 7L, BigInteger.class, BigInteger.valueOf(7)),
        Arguments.of(ColumnType.NUMERIC, new BigDecimal("7.9"), Integer.class, 7),
        Arguments.of(ColumnType.NUMERIC, new BigDecimal("7.9"), Double.class, 7.9),
        Arguments.of(ColumnType.REAL, 0.1f, BigDecimal.class, new BigDecimal("0.1")),
        Arguments.of(ColumnType.DOUBLE, 0.5, Float.class, 0.5f),
        Arguments.of(ColumnType.TEXT, " 12 ", Integer.class, 12),
        Arguments.of(ColumnType.TEXT, "yes", Boolean.class, true),
        Arguments.of(ColumnType.SMALLINT, (short) 1, Boolean.class, true),
        Arguments.of(ColumnType.BOOLEAN, true, Integer.class, 1),
        Arguments.of(ColumnType.DATE, DAY, LocalDate.class, MOMENT.toLocalDate()),
        Arguments.of(
            ColumnType.DATE, DAY, LocalDateTime.class, MOMENT.toLocalDate().atStartOfDay()),
        Arguments.of(ColumnType.TIME, TIME_MICROS, LocalTime.class, MOMENT.toLocalTime()),
        Arguments.of(ColumnType.TIMESTAMP, MOMENT_MICROS, LocalDateTime.class, MOMENT),
        Arguments.of(ColumnType.TIMESTAMP, MOMENT_MICROS, LocalDate.class, MOMENT.toLocalDate()),
        Arguments.of(
            ColumnType.TIMESTAMPTZ,
            MOMENT_MICROS,
            OffsetDateTime.class,
            MOMENT.atOffset(ZoneOffset.UTC)),
        Arguments.of(
            ColumnType.TIMESTAMPTZ, MOMENT_MICROS, Instant.class, MOMENT.toInstant(ZoneOffset.UTC)),
        Arguments.of(
            ColumnType.TEXT,
            "2024-02-29 14:34:56.123456+02",
            Instant.class,
            MOMENT.toInstant(ZoneOffset.UTC)),
        Arguments.of(ColumnType.TEXT, "2024-02-29", Date.class, Date.valueOf("2024-02-29")),
        Arguments.of(ColumnType.UUID, SOME_UUID, UUID.class, UUID.fromString(SOME_UUID)),
        Arguments.of(ColumnType.JSON, "[1]", String.class, "[1]"),
        Arguments.of(ColumnType.TEXT, "é", byte[].class, "é".getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("classes")
  void getObjectConvertsIntoAClass(ColumnType type, Object value, Class<?> wanted, Object expected)
      throws SQLException {
    assertThat((Object) row(type, value).getObject(1, wanted)).isEqualTo(expected);
  }

  @Test
  void numbersOutOfRangeAreRefused() throws SQLException {
    ResultSet big = row(ColumnType.BIGINT, 1L << 40);
    assertRefused(() -> big.getInt(1), "22003");
    assertRefused(() -> big.getShort(1), "22003");
    assertRefused(() -> big.getByte(1), "22003");
    assertThat(big.getLong(1)).isEqualTo(1L << 40);
    assertRefused(() -> row(ColumnType.DOUBLE, 1e300).getFloat(1), "22003");
    assertRefused(() -> row(ColumnType.DOUBLE, Double.NaN).getLong(1), "22003");
    assertRefused(() -> row(ColumnType.DOUBLE, 9.3e18).getLong(1), "22003");
    assertRefused(() -> row(ColumnType.NUMERIC, new BigDecimal("1e1000000")).getLong(1), "22003");
    assertRefused(() -> row(ColumnType.NUMERIC, new BigDecimal("1e999")).getDouble(1), "22003");
    assertRefused(() -> row(ColumnType.INTEGER, 2).getBoolean(1), "22003");
  }

  @Test
  void fractionsAtTheEdgeOfTheRangeAreCutOff() throws SQLException {
    BigDecimal justAbove = new BigDecimal("9223372036854775807.9");
    assertThat(row(ColumnType.NUMERIC, justAbove).getLong(1)).isEqualTo(Long.MAX_VALUE);
    assertThat(row(ColumnType.NUMERIC, new BigDecimal("-0.9")).getInt(1)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "", "1,5", "0b"})
  void textThatIsNoNumberIsRefused(String text) throws SQLException {
    ResultSet row = row(ColumnType.TEXT, text);
    assertRefused(() -> row.getInt(1), "22P02");
    assertRefused(() -> row.getBigDecimal(1), "22P02");
  }

  @Test
  void typesThatHaveNothingToDoWithEachOtherAreRefusedWithTheColumn() throws SQLException {
    ResultSet row = row(ColumnType.BYTEA, new byte[0]);
    assertThatThrownBy(() -> row.getDate(1))
        .isInstanceOf(SQLSyntaxErrorException.class)
        .hasMessageContaining("column c")
        .hasMessageContaining("bytea")
        .extracting("SQLState")
        .isEqualTo("42804");
    assertThatThrownBy(() -> row.getObject(1, Thread.class))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
  }

  @Test
  void nullIsZeroOrNullAndWasNullSaysSo() throws SQLException {
    ResultSet row = row(ColumnType.INTEGER, null);
    assertThat(row.getInt(1)).isZero();
    assertThat(row.wasNull()).isTrue();
    assertThat(row.getString("C")).isNull();
    assertThat(row.getObject(1, LocalDate.class)).isNull();
    assertThat(row.getBoolean(1)).isFalse();
    assertThat(row.getBinaryStream(1)).isNull();
    ResultSet present = row(ColumnType.INTEGER, 0);
    assertThat(present.getInt(1)).isZero();
    assertThat(present.wasNull()).isFalse();
  }

  @Test
  void bytesAreTheClientsOwn() throws SQLException {
    byte[] inside = {1, 2};
    row(ColumnType.BYTEA, inside).getBytes(1)[0] = 9;
    assertThat(inside).containsExactly(1, 2);
  }

  @Test
  void streamsGiveTheValue() throws Exception {
    assertThat(row(ColumnType.BYTEA, new byte[] {1, 2}).getBinaryStream(1))
        .hasBinaryContent(new byte[] {1, 2});
    StringWriter text = new StringWriter();
    row(ColumnType.TEXT, "äb").getCharacterStream(1).transferTo(text);
    assertThat(text).hasToString("äb");
  }

  @ParameterizedTest
  @CsvSource({"0001-01-01", "1500-02-28", "1582-10-04", "1900-02-28", "1970-01-01", "9999-12-31"})
  void datesShowTheSameDayInAnyClassAndZone(LocalDate day) throws SQLException {
    int days = (int) day.toEpochDay();
    inEveryZone(
        () -> {
          ResultSet row = row(ColumnType.DATE, days);
          assertThat(row.getObject(1, LocalDate.class)).isEqualTo(day);
          assertThat(row.getDate(1).toLocalDate()).isEqualTo(day);
          assertThat(row.getDate(1)).hasToString(row.getString(1));
          assertThat(row.getTimestamp(1).toLocalDateTime()).isEqualTo(day.atStartOfDay());
        });
  }

  @Test
  void localDateTimeDoesNotShiftInADaylightSavingGap() throws SQLException {
    LocalDateTime inGap = LocalDateTime.parse("2024-03-31T02:30:00.000001");
    inZone(
        "Europe/Berlin",
        () ->
            assertThat(row(ColumnType.TIMESTAMP, micros(inGap)).getObject(1, LocalDateTime.class))
                .isEqualTo(inGap));
  }

  @Test
  void timestampsKeepMicrosecondsAndWallTime() throws SQLException {
    inEveryZone(
        () ->
            assertThat(row(ColumnType.TIMESTAMP, MOMENT_MICROS).getTimestamp(1).toLocalDateTime())
                .isEqualTo(MOMENT));
    LocalDateTime old = LocalDateTime.parse("1066-10-14T09:00:00.999999");
    assertThat(row(ColumnType.TIMESTAMP, micros(old)).getTimestamp(1).toLocalDateTime())
        .isEqualTo(old);
  }

  @Test
  void timestampsWithZoneKeepTheirInstant() throws SQLException {
    Instant instant = MOMENT.toInstant(ZoneOffset.UTC);
    inEveryZone(
        () ->
            assertThat(row(ColumnType.TIMESTAMPTZ, MOMENT_MICROS).getTimestamp(1).toInstant())
                .isEqualTo(instant));
  }

  @Test
  void calendarSaysTheZoneOfWallTimes() throws SQLException {
    Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
    Instant there = MOMENT.toInstant(ZoneOffset.ofHours(9));
    ResultSet row = row(ColumnType.TIMESTAMP, MOMENT_MICROS);
    assertThat(row.getTimestamp(1, tokyo).toInstant()).isEqualTo(there);
    assertThat(row.getDate(1, tokyo).getTime())
        .isEqualTo(
            MOMENT.toLocalDate().atStartOfDay().toInstant(ZoneOffset.ofHours(9)).toEpochMilli());
    Time time = row(ColumnType.TIME, 3_600_000_000L).getTime(1, tokyo);
    assertThat(time.getTime()).isEqualTo(-8 * 3_600_000L);
  }

  @Test
  void columnsAreFoundInAnyCaseTheFirstOfAName() throws SQLException {
    ResultSet result =
        MetaResults.of(
            List.of(
                ResultColumn.of("id", ColumnType.INTEGER),
                ResultColumn.of("Name", ColumnType.TEXT),
                ResultColumn.of("name", ColumnType.TEXT)),
            List.of(List.of(1, "a", "b")));
    assertThat(result.findColumn("NAME")).isEqualTo(2);
    assertThat(result.findColumn("name")).isEqualTo(2);
    result.next();
    assertThat(result.getString("name")).isEqualTo("a");
    assertThatThrownBy(() -> result.getString("nam")).extracting("SQLState").isEqualTo("42703");
    assertThatThrownBy(() -> result.getString(4)).extracting("SQLState").isEqualTo("22023");
    assertThatThrownBy(() -> result.getString(0)).extracting("SQLState").isEqualTo("22023");
  }

  @Test
  void valuesNeedARow() throws SQLException {
    ResultSet result =
        MetaResults.of(List.of(ResultColumn.of("c", ColumnType.TEXT)), List.of(List.of("x")));
    assertThatThrownBy(() -> result.getString(1)).extracting("SQLState").isEqualTo("24000");
    result.next();
    assertThat(result.getString(1)).isEqualTo("x");
    result.next();
    assertThatThrownBy(() -> result.getString(1)).extracting("SQLState").isEqualTo("24000");
    result.close();
    assertThatThrownBy(() -> result.getString(1)).extracting("SQLState").isEqualTo("55000");
  }

  private static ResultSet row(ColumnType type, @Nullable Object value) throws SQLException {
    ResultSet result =
        MetaResults.of(
            List.of(ResultColumn.of("c", type)), Arrays.asList(Collections.singletonList(value)));
    result.next();
    return result;
  }

  private static void assertRefused(ThrowingCallable getter, String state) {
    assertThatThrownBy(getter)
        .isInstanceOf(SQLDataException.class)
        .extracting("SQLState")
        .isEqualTo(state);
  }

  private static long micros(LocalDateTime wallTime) {
    return ChronoUnit.MICROS.between(LocalDate.EPOCH.atStartOfDay(), wallTime);
  }

  /** Something done in another default time zone. */
  private interface Check {
    void run() throws SQLException;
  }

  private static void inEveryZone(Check check) throws SQLException {
    for (String zone :
        List.of("UTC", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Apia", "Europe/Amsterdam")) {
      inZone(zone, check);
    }
  }

  private static void inZone(String zone, Check check) throws SQLException {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      check.run();
    } finally {
      TimeZone.setDefault(before);
    }
  }
}
