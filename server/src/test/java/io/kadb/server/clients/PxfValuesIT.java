package io.kadb.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What PXF's JDBC profile asks of connections and values, and the conditions it sends. */
class PxfValuesIT extends ClientFixture {
  @Test
  void takesTheConditionsThatPxfPushesDown() throws SQLException {
    table("t", "id int, name text, d date, ts timestamp", 1)
        .send(
            0,
            "1,one,2024-02-28,2024-02-28 10:00:00",
            "2,two,2024-02-29,2024-02-29 12:34:56.5",
            "3,,2024-03-01,2024-03-01 00:00:00");
    PxfReader reader =
        new PxfReader(
            pool(1),
            List.of("kadb.scan_mode = snapshot"),
            List.of(row -> row.getInt("id"), row -> row.getString("name")));

    for (String condition :
        List.of(
            "(id = 2)",
            "(id > 1 AND id < 3)",
            "(d = date'2024-02-29')",
            "(ts = '2024-02-29 12:34:56.5')",
            "(ts >= '2024-02-29 00:00:00' AND ts <= '2024-02-29 23:59:59')",
            "(name LIKE 't%')",
            "(NOT (id = 1) AND name IS NOT NULL)",
            "((id = 2 OR id = 17) AND d <> date'2024-01-01')")) {
      String query =
          "SELECT id, name FROM public.t WHERE "
              + condition
              + " AND _partition >= 0 AND _partition < 1";
      assertThat(reader.read(query)).as(query).containsExactly(List.of(2, "two"));
    }
  }

  @Test
  void givesValuesByTheGettersOfPxf() throws SQLException {
    table(
            "t",
            "s int2, i int4, l int8, f float4, d float8, b bool, y bytea, x text, n numeric(20,5),"
                + " day date, ts timestamp, tz timestamptz, u uuid, tm time, js json, ia int[]",
            1)
        .send(
            0,
            "7,-8,9007199254740993,1.5,2.25,t,\\x00ff,grün,12.50000,2024-02-29,"
                + "2024-03-31 02:30:00.123456,2024-02-29 12:34:56.123456+02,"
                + "123e4567-e89b-12d3-a456-426614174000,12:34:56,\"{\"\"a\"\": 1}\",\"{1,2}\"",
            ",,,,,,,,,,,,,,,");
    List<PxfReader.Getter> getters =
        List.of(
            row -> row.getShort("s"),
            row -> row.getInt("i"),
            row -> row.getLong("l"),
            row -> row.getFloat("f"),
            row -> row.getDouble("d"),
            row -> row.getBoolean("b"),
            PxfValuesIT::hex,
            row -> row.getString("x"),
            row -> row.getString("n"),
            row -> row.getDate("day"),
            row -> row.getObject("day", LocalDate.class),
            row -> row.getTimestamp("tz"),
            row -> row.getObject("ts", LocalDateTime.class),
            row -> row.getObject("tz", OffsetDateTime.class),
            row -> row.getObject("u", UUID.class),
            row -> row.getString("tm"),
            row -> row.getString("js"),
            row -> row.getString("ia"));
    OffsetDateTime instant = OffsetDateTime.parse("2024-02-29T10:34:56.123456Z");

    List<List<@Nullable Object>> rows =
        new PxfReader(pool(1), List.of(), getters)
            .read(
                "SELECT s, i, l, f, d, b, y, x, n, day, ts, tz, u, tm, js, ia FROM t"
                    + " WHERE _partition >= 0 AND _partition < 1");

    assertThat(rows.get(0))
        .containsExactly(
            (short) 7,
            -8,
            9_007_199_254_740_993L,
            1.5f,
            2.25,
            true,
            "[0, -1]",
            "grün",
            "12.50000",
            Date.valueOf("2024-02-29"),
            LocalDate.of(2024, 2, 29),
            Timestamp.from(instant.toInstant()),
            LocalDateTime.parse("2024-03-31T02:30:00.123456"),
            instant,
            UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
            "12:34:56",
            "{\"a\": 1}",
            "{1,2}");
    assertThat(rows.get(1)).hasSize(getters.size()).containsOnlyNulls();
    assertThat(rows).hasSize(2);
  }

  private static @Nullable String hex(ResultSet row) throws SQLException {
    byte @Nullable [] bytes = row.getBytes("y");
    return bytes == null ? null : Arrays.toString(bytes);
  }

  @Test
  void thePoolFindsWhatItAsksNewConnections() throws SQLException {
    try (Connection connection = connect("")) {
      int before = connection.getNetworkTimeout();
      connection.setNetworkTimeout(Runnable::run, 5_000);
      assertThat(connection.getNetworkTimeout()).isEqualTo(5_000);
      connection.setNetworkTimeout(Runnable::run, before);
      assertThat(connection.isReadOnly()).isFalse();
      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(connection.isValid(5)).isTrue();
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
      assertThat(connection.getMetaData().supportsTransactions()).isTrue();
      assertThat(connection.getMetaData().getDatabaseProductName())
          .doesNotContainIgnoringCase("mysql")
          .doesNotContainIgnoringCase("oracle")
          .doesNotContainIgnoringCase("microsoft")
          .doesNotContainIgnoringCase("s3 select");
    }
  }
}
