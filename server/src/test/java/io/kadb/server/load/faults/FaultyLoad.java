package io.kadb.server.load.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.cli.ExitCode;
import io.kadb.testing.SqlClient;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A continuous load of a topic of its own into a target of its own, while messages come in: what
 * faults strike.
 */
final class FaultyLoad implements AutoCloseable {
  static final int PARTITIONS = 4;

  final LoadStage stage;
  final Way way;
  final String topic;
  final String source;
  final String target;
  final MessageStream stream;
  private final long ftoid;
  private LoadProcess process;
  private int starts;

  /**
   * Starts producer and load.
   *
   * @param perSecond how many messages come in a second
   * @param batch how many messages a batch has at most
   */
  FaultyLoad(LoadStage stage, Way way, int perSecond, int batch) throws SQLException {
    this.stage = stage;
    this.way = way;
    int number = stage.nextNumber();
    topic = "load-" + number;
    source = "src" + number;
    target = "target" + number;
    stage.brokers.createTopic(topic, PARTITIONS);
    stage.disk.createTable(target, way.columns());
    stage.postgres.execute(Way.uniqueIndex(target));
    if (way == Way.MERGE) {
      watchRows();
    }
    try (SqlClient sql = stage.sql()) {
      sql.update(
          "CREATE FOREIGN TABLE %s (id bigint, version bigint, amount numeric(10,2), note text,"
                  .formatted(source)
              + " prt int OPTIONS (source 'partition'), off bigint OPTIONS (source 'offset'))"
              + " SERVER k OPTIONS (k_topic '%s', format 'csv', k_seg_batch '%d',"
                  .formatted(topic, batch / 2)
              + " k_timeout_ms '300')");
      ftoid = Long.parseLong(sql.value("SELECT '" + source + "'::regclass::oid"));
    }
    stream = new MessageStream(stage.brokers, topic, PARTITIONS, Long.MAX_VALUE, perSecond);
    process = launch();
  }

  /** Notes each version that is ever written, in the transaction that writes it. */
  private void watchRows() throws SQLException {
    stage.postgres.execute(
        "CREATE TABLE " + target + "_log (version bigint)",
        ("CREATE FUNCTION %1$s_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " INSERT INTO %1$s_log VALUES (NEW.version); RETURN NULL; END $$")
            .formatted(target),
        "CREATE TRIGGER note AFTER INSERT OR UPDATE ON %1$s FOR EACH ROW WHEN (NEW.id >= 0) EXECUTE PROCEDURE %1$s_note()"
            .formatted(target));
  }

  private LoadProcess launch() {
    starts++;
    return LoadProcess.start(stage.folder, arguments());
  }

  /** The arguments of {@code kadb load}. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("--from", source, "--into", target));
    arguments.addAll(List.of("-u", "jdbc:kadb:?store=" + stage.postgres.store(stage.door.port())));
    arguments.addAll(List.of("--retry-for", "2m"));
    arguments.addAll(way.arguments());
    return arguments;
  }

  /** The process that loads now. */
  LoadProcess process() {
    return process;
  }

  /** How often the load was started. */
  int starts() {
    return starts;
  }

  /** Starts the load again, which has ended. */
  void startAgain() {
    assertThat(process.isAlive()).isFalse();
    process = launch();
  }

  /** How many messages are committed, as rows or as rejects. */
  long position() throws SQLException {
    return stage.postgres.number(
        "SELECT coalesce(sum(off), 0) FROM kadb.offsets WHERE ftoid = " + ftoid);
  }

  /** Waits until messages are committed that were not when this was called. */
  void awaitProgress() throws SQLException {
    awaitPosition(position() + 1);
  }

  /** Waits until so many messages are committed. */
  void awaitPosition(long wanted) {
    Waits.until(
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("exit code " + process.awaitEnd() + ": " + process.errors());
          }
          return position() >= wanted;
        },
        Duration.ofMinutes(3),
        () -> "message " + wanted + " is loaded: " + process.errors());
  }

  /** Sends no more, and has the load come to the end and stop in good order. */
  Tally finish() throws SQLException {
    long messages = stream.stop();
    awaitPosition(messages);
    assertThat(process.stop()).as(process.errors()).isEqualTo(ExitCode.OK);
    assertThat(stage.brokers.ends(topic, PARTITIONS).values().stream().mapToLong(n -> n).sum())
        .isEqualTo(messages);
    Tally tally = check();
    assertThat(tally.messages()).isEqualTo(messages);
    return tally;
  }

  /**
   * What is in the warehouse, at one moment, against the messages before the stored offsets.
   *
   * @param lost rows that are wanted and not there
   * @param doubled rows and rejects that are there more than once
   * @param strange rows that no message stands for
   */
  record Tally(long messages, long rows, long rejects, long lost, long doubled, long strange) {}

  /** Checks that each message before the stored offsets is there once, as a row or a reject. */
  Tally check() throws SQLException {
    Tally tally;
    try (Connection connection = stage.postgres.connect();
        var statement = connection.createStatement();
        var result = statement.executeQuery(way.tally(target, ftoid))) {
      result.next();
      tally =
          new Tally(
              result.getLong(1),
              result.getLong(2),
              result.getLong(3),
              result.getLong(4),
              result.getLong(5),
              result.getLong(6));
    }
    assertThat(tally.lost()).as("lost: %s", tally).isZero();
    assertThat(tally.doubled()).as("doubled: %s", tally).isZero();
    assertThat(tally.strange()).as("strange: %s", tally).isZero();
    return tally;
  }

  @Override
  public void close() {
    stream.close();
    process.close();
  }
}
