package io.kadb.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kadb.testing.KafkaCluster;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestLogin;
import io.kadb.testing.TestTopic;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A connection, a topic with one message, and a short way to read it with certain options. */
@Timeout(120)
abstract class SecuredFixture {
  static final String MESSAGE = "made it";

  @TempDir Path folder;
  KafkaCluster kafka;
  TestTopic topic;
  SqlClient sql;

  @BeforeEach
  final void open(KafkaCluster cluster) throws SQLException {
    kafka = cluster;
    topic = kafka.newTopic("secured", 1);
    topic.send(0, MESSAGE);
    sql = SqlClient.connect(Map.of("kadb.home", folder.resolve("home").toString()));
  }

  @AfterEach
  final void close() throws SQLException {
    sql.close();
  }

  /** Writes an option as SQL: {@code "name" 'value'}. */
  static String option(String name, Object value) {
    return '"' + name + "\" '" + value.toString().replace("'", "''") + "'";
  }

  /** Writes name and password of a login. */
  static String login(TestLogin login) {
    return option("#sasl.username", login.userName())
        + ", "
        + option("#sasl.password", login.password());
  }

  /** Creates the server {@code k} with these options, and the table {@code t} of the topic. */
  final void define(String... options) throws SQLException {
    defineAt(kafka.bootstrapServers(), options);
  }

  final void defineAt(String brokers, String... options) throws SQLException {
    List<String> all = new ArrayList<>();
    all.add(option("k_brokers", brokers));
    all.add(
        "k_consumer_group 'g', k_seg_batch '1000', k_timeout_ms '30000', k_latency_ms '20000',"
            + " k_stop_at_end 'true', k_segments '1', format 'text'");
    all.addAll(Arrays.asList(options));
    sql.update("DROP SERVER IF EXISTS k CASCADE");
    sql.update(
        "CREATE SERVER k FOREIGN DATA WRAPPER kadb_fdw OPTIONS (" + String.join(", ", all) + ")");
    sql.update(
        "CREATE FOREIGN TABLE t (v text) SERVER k OPTIONS ("
            + option("k_topic", topic.name())
            + ")");
  }

  /** Reads the topic with these options of the server. */
  final List<String> read(String... options) throws SQLException {
    define(options);
    return readAgain();
  }

  final List<String> readAgain() throws SQLException {
    return sql.rows("SELECT v FROM t");
  }

  /** Reads the topic, which must fail with this state, and returns the error's text. */
  final String refused(String state, String... options) throws SQLException {
    define(options);
    return refused(state, this::readAgain);
  }

  static String refused(String state, ThrowingCallable call) {
    Throwable error = catchThrowable(call);
    assertThat(error).as("wanted an error with SQLState " + state).isInstanceOf(SQLException.class);
    assertThat(((SQLException) error).getSQLState()).as(error.getMessage()).isEqualTo(state);
    return String.valueOf(error.getMessage());
  }
}
