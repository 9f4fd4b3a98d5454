package io.kadb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.sql.Prepared.Kind;
import io.kadb.sql.UpdateCount;
import io.kadb.type.ColumnType;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KadbPreparedStatementTest {
  private static final Instant INSTANT = Instant.parse("2024-02-29T12:34:56.123456Z");

  private final StubEngine engine = new StubEngine();
  private final KadbConnection connection = engine.connect();

  KadbPreparedStatementTest() {
    List<ColumnType> types = List.of(ColumnType.INTEGER, ColumnType.TEXT);
    engine.statement("write", Kind.DML, types, control -> new UpdateCount(1));
    engine.statement("read", Kind.QUERY, List.of(), control -> StubRows.counting(1));
    for (ColumnType type : List.of(ColumnType.TIMESTAMP, ColumnType.TIMESTAMPTZ)) {
      engine.statement(type.name(), Kind.DML, List.of(type), control -> new UpdateCount(1));
    }
  }

  @Test
  void passesParametersInOrder() throws SQLException {
    PreparedStatement statement = connection.prepareStatement("write");
    statement.setString(2, "a");
    statement.setInt(1, 5);
    assertThat(statement.executeUpdate()).isEqualTo(1);
    statement.setNull(2, Types.VARCHAR);
    statement.execute();
    assertThat(engine.parameters).containsExactly(List.of(5, "a"), Arrays.asList(5, null));
    assertThat(engine.log).containsOnlyOnce("prepare write");
  }

  @Test
  void refusesToRunWithoutAllParameters() throws SQLException {
    PreparedStatement statement = connection.prepareStatement("write");
    statement.setInt(1, 5);
    assertThatThrownBy(statement::executeUpdate).hasMessageContaining("parameter 2");
    statement.setInt(2, 5);
    statement.clearParameters();
    assertThatThrownBy(statement::executeUpdate).hasMessageContaining("parameter 1");
    assertThatThrownBy(() -> statement.setInt(3, 1)).hasMessageContaining("parameter 3");
    assertThatThrownBy(() -> statement.setInt(0, 1)).isInstanceOf(SQLException.class);
    assertThat(engine.parameters).isEmpty();
  }

  @Test
  void batchKeepsTheParametersOfEachRun() throws SQLException {
    PreparedStatement statement = connection.prepareStatement("write");
    for (int i = 0; i < 3; i++) {
      statement.setInt(1, i);
      statement.setString(2, "v" + i);
      statement.addBatch();
    }
    assertThat(statement.executeBatch()).containsExactly(1, 1, 1);
    assertThat(engine.parameters)
        .containsExactly(List.of(0, "v0"), List.of(1, "v1"), List.of(2, "v2"));
  }

  @Test
  void metaDataRunsNothing() throws SQLException {
    PreparedStatement statement = connection.prepareStatement("read");
    assertThat(statement.getMetaData().getColumnLabel(1)).isEqualTo("n");
    PreparedStatement write = connection.prepareStatement("write");
    assertThat(write.getMetaData()).isNull();
    assertThat(write.getParameterMetaData().getParameterCount()).isEqualTo(2);
    assertThat(write.getParameterMetaData().getParameterType(1)).isEqualTo(Types.INTEGER);
    assertThat(write.getParameterMetaData().getParameterTypeName(2)).isEqualTo("text");
    assertThat(engine.log).noneMatch(entry -> entry.startsWith("execute"));
  }

  @Test
  void runsAgainAndAgain() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("read")) {
      ResultSet first = statement.executeQuery();
      ResultSet second = statement.executeQuery();
      assertThat(first.isClosed()).isTrue();
      assertThat(second.next()).isTrue();
    }
  }

  @Test
  void runsNoOtherText() throws SQLException {
    PreparedStatement statement = connection.prepareStatement("read");
    assertThatThrownBy(() -> statement.executeQuery("read")).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> statement.executeUpdate("write", 1)).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> statement.addBatch("write")).isInstanceOf(SQLException.class);
  }

  @Test
  void valuesBecomeThoseTheEngineTakes() throws SQLException {
    PreparedStatement statement = connection.prepareStatement("write");
    statement.setInt(1, 1);
    UUID uuid = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");
    statement.setObject(2, uuid);
    statement.addBatch();
    statement.setDate(2, Date.valueOf("2024-02-29"));
    statement.addBatch();
    statement.setTime(2, Time.valueOf("12:34:56"));
    statement.addBatch();
    statement.setObject(2, 1.25, Types.NUMERIC, 1);
    statement.addBatch();
    statement.setObject(2, 12, Types.VARCHAR);
    statement.addBatch();
    statement.setCharacterStream(2, new StringReader("text"), 2);
    statement.addBatch();
    statement.executeBatch();
    assertThat(engine.parameters)
        .extracting(parameters -> parameters.get(1))
        .containsExactly(
            uuid.toString(),
            LocalDate.of(2024, 2, 29),
            LocalTime.of(12, 34, 56),
            new BigDecimal("1.3"),
            "12",
            "te");
    assertThatThrownBy(() -> statement.setObject(2, new Object()))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThatThrownBy(() -> statement.setArray(2, null))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
  }

  @Test
  void bytesAreCopied() throws SQLException {
    byte[] given = {1, 2};
    PreparedStatement statement = connection.prepareStatement("write");
    statement.setInt(1, 1);
    statement.setBytes(2, given);
    given[0] = 9;
    statement.addBatch();
    statement.setBinaryStream(2, new ByteArrayInputStream(given));
    statement.addBatch();
    statement.executeBatch();
    assertThat(engine.parameters.get(0).get(1)).isEqualTo(new byte[] {1, 2});
    assertThat(engine.parameters.get(1).get(1)).isEqualTo(new byte[] {9, 2});
  }

  @Test
  void timestampsMeanTheirWallTimeOrTheirInstant() throws SQLException {
    Timestamp timestamp = Timestamp.from(INSTANT);
    Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
    PreparedStatement local = connection.prepareStatement(ColumnType.TIMESTAMP.name());
    local.setTimestamp(1, timestamp);
    local.execute();
    local.setTimestamp(1, timestamp, tokyo);
    local.execute();
    PreparedStatement zoned = connection.prepareStatement(ColumnType.TIMESTAMPTZ.name());
    zoned.setTimestamp(1, timestamp, tokyo);
    zoned.execute();
    assertThat(engine.parameters)
        .extracting(parameters -> parameters.get(0))
        .containsExactly(
            timestamp.toLocalDateTime(),
            LocalDateTime.ofInstant(INSTANT, ZoneOffset.ofHours(9)),
            INSTANT.atOffset(ZoneOffset.UTC));
  }
}
