package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.kafka.KafkaClients;
import io.kadb.testing.TestClients;
import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions on times choose where a snapshot starts; where it ends only if brokers gave them. */
class SnapshotTimesIT extends TableFixture {
  private static final String NOON = "2026-03-01 12:00:00";

  private TestTopic topic;

  @BeforeEach
  void createTable() throws SQLException {
    topic = kafka.newTopic("times", 2);
    table("t (n int)", topic, "k_scan_mode 'snapshot'");
  }

  private static long millis(String utc) {
    return Instant.parse(utc.replace(' ', 'T') + "Z").toEpochMilli();
  }

  /** Sends a message of a number of seconds after noon. */
  private void send(int partition, double seconds, String value) {
    topic.sendAt(partition, millis(NOON) + Math.round(seconds * 1000), value);
  }

  /** Minutes 0, 1, 2, 3 and 4, of which a producer sent 1 and 3 late; two hours later another. */
  private void sendInDisorder() {
    send(0, 0, "0");
    send(0, 120, "2");
    send(0, 60, "1");
    send(0, 240, "4");
    send(0, 180, "3");
    send(1, 7200, "120");
  }

  private static long taken() {
    return KafkaClients.shared().activity().messages();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "_timestamp >= TIMESTAMP '2026-03-01 12:02:00'; 2 3 4 120; 5",
        "_timestamp > TIMESTAMP '2026-03-01 12:02:00'; 3 4 120; 3",
        "_timestamp >= '2026-03-01 12:02:00.001'; 3 4 120; 3",
        "_timestamp = TIMESTAMP '2026-03-01 12:01:00'; 1; 5",
        "_timestamp = '2026-03-01 12:01:00.5'; ''; 5",
        "_timestamp BETWEEN '2026-03-01 12:03:00' AND '2026-03-01 12:10:00'; 3 4; 3",
        "_timestamp < TIMESTAMP '2026-03-01 12:02:00'; 0 1; 6",
        "_timestamp <= '2026-03-01 12:01:00' OR _timestamp >= '2026-03-01 14:00:00'; 0 1 120; 6",
        "_timestamp > '2026-03-01 13:00:00' AND _partition = 0; ''; 0",
        "_timestamp >= '2026-03-01 12:03:00' AND _offset < 4; 4 120; 2",
        "_partition = 0 AND _offset = 2 OR _timestamp > '2026-03-01 13:00:00'; 1 120; 2",
        "_timestamp IN ('2026-03-01 12:04:00', '2026-03-01 14:00:00'); 4 120; 3",
        "_timestamp >= '1969-12-31 23:59:59'; 0 1 2 3 4 120; 6",
        "_timestamp >= '2100-01-01'; ''; 0",
        "_timestamp <> TIMESTAMP '2026-03-01 12:00:00'; 1 2 3 4 120; 6",
        "_timestamp >= '2026-03-01 13:00'::timestamp + INTERVAL '1' HOUR; 120; 1",
      })
  void chooseTheStart(String condition, String values, long messages) throws SQLException {
    sendInDisorder();
    String query = "SELECT n FROM t WHERE " + condition;
    long before = taken();

    List<String> rows = sql.rows(query);

    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            values.isEmpty() ? List.of() : List.of(values.split(" ")));
    assertThat(taken() - before).isEqualTo(messages);
  }

  @Test
  void comeFromParameters() throws SQLException {
    sendInDisorder();
    String since = "SELECT n FROM t WHERE _timestamp >= ?";
    long before = taken();
    assertThat(sql.rows(since, LocalDateTime.parse("2026-03-01T14:00:00"))).containsExactly("120");
    assertThat(taken() - before).isEqualTo(1);
    assertThat(sql.rows(since, Timestamp.valueOf("2026-03-01 14:00:00"))).containsExactly("120");
    assertThat(sql.rows(since, "2026-03-01 13:59:59.9999999")).containsExactly("120");
    assertThat(sql.rows(since, "2026-03-01 14:00:00.000001")).isEmpty();
    assertThat(sql.rows(since, new Object[] {null})).isEmpty();
  }

  @Test
  void mayBeReckonedFromTheTimeOfTheStatement() throws SQLException {
    topic.sendAt(0, Instant.now().minus(3, ChronoUnit.HOURS).toEpochMilli(), "bad");
    topic.sendAt(0, Instant.now().minus(20, ChronoUnit.MINUTES).toEpochMilli(), "1");

    for (String now : List.of("now()", "CURRENT_TIMESTAMP", "LOCALTIMESTAMP")) {
      assertThat(sql.rows("SELECT n FROM t WHERE _timestamp > " + now + " - INTERVAL '1' HOUR"))
          .containsExactly("1");
    }
    assertThat(sql.rows("SELECT n FROM t WHERE _timestamp > now() - INTERVAL '10' MINUTE"))
        .isEmpty();
  }

  @Test
  void leaveOutMessagesThatCannotBeDecoded() throws SQLException {
    send(0, -5, "bad");
    send(0, 5, "5");

    assertThat(sql.rows("SELECT n FROM t WHERE _timestamp >= '" + NOON + "'")).containsExactly("5");
    refused("22P02", () -> sql.rows("SELECT n FROM t WHERE _timestamp < '" + NOON + "'"));
  }

  @Test
  void doNotShortenOtherModes() throws SQLException {
    sendInDisorder();
    sql.update("SET kadb.scan_mode = 'consume'");
    long before = taken();

    assertThat(sql.rows("SELECT n FROM t WHERE _timestamp > '2026-03-01 13:00:00'"))
        .containsExactly("120");

    assertThat(taken() - before).isEqualTo(6);
    assertThat(offsets("t")).containsExactly("0|5", "1|1");
  }

  @Test
  void endWhereBrokersStampedTheMessages() throws SQLException {
    // The topic was changed: its first messages have the times of their producers.
    send(0, 60, "1");
    send(0, 240, "4");
    send(0, 120, "2");
    stampWhenAppending();
    topic.send(0, "bad");
    String until = "SELECT n FROM t WHERE _partition = 0 AND _timestamp < '2026-03-01 ";

    // The first message after it is one that the broker stamped: none behind it is older.
    assertThat(sql.rows(until + "12:30:00'")).containsExactly("1", "4", "2");
    assertThat(sql.rows(until + "12:04:00'")).containsExactly("1", "2");
    // Here it is not: others behind it are older.
    refused("22P02", () -> sql.rows(until + "12:02:30'"));
    // Nobody knows in a topic of producers' times.
    alterTopic("CreateTime");
    refused("22P02", () -> sql.rows(until + "12:30:00'"));
  }

  private void stampWhenAppending() {
    alterTopic("LogAppendTime");
  }

  private void alterTopic(String type) {
    Collection<AlterConfigOp> change =
        List.of(
            new AlterConfigOp(
                new ConfigEntry("message.timestamp.type", type), AlterConfigOp.OpType.SET));
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    TestClients.await(
        kafka.clients().admin().incrementalAlterConfigs(Map.of(resource, change)).all());
  }
}
