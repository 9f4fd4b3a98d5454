package io.kadb.server.load.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.cli.ExitCode;
import io.kadb.testing.SqlClient;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
        "CREATE TRIGGER note AFTER INSERT OR UPDATE ON %1$s FOR EACH ROW EXECUTE PROCEDURE %1$s_note()"
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

  /** Sends no more, has the load come to the end and stop in good order; returns the messages. */
  long finish() {
    long messages = stream.stop();
    awaitPosition(messages);
    assertThat(process.stop()).as(process.errors()).isEqualTo(ExitCode.OK);
    return messages;
  }

  /** What is in the warehouse in the end. */
  record Tally(long rows, long rejects, long lost, long doubled, long strange) {}

  /** Counts what is in the warehouse against what was sent. */
  Tally tally(long messages) throws SQLException {
    DurablePostgres db = stage.postgres;
    String found = "(SELECT id, version FROM " + target + ")";
    String wanted = "(" + way.wanted(messages) + ")";
    String counted = way == Way.INSERT ? target : target + "_log";
    String rejects = " FROM kadb.rejects WHERE ftoid = " + ftoid;
    return new Tally(
        db.number("SELECT count(*) FROM " + target),
        db.number("SELECT count(*)" + rejects),
        db.number("SELECT count(*) FROM (" + wanted + " EXCEPT " + found + ") l"),
        db.number("SELECT count(*) - count(DISTINCT version) FROM " + counted)
            + db.number("SELECT count(*) - count(DISTINCT (prt, off))" + rejects),
        db.number("SELECT count(*) FROM (" + found + " EXCEPT " + wanted + ") s"));
  }

  /** Checks that each message is there once, as a row or a reject, and the offsets at the end. */
  Tally check(long messages) throws SQLException {
    Tally tally = tally(messages);
    long bad = (messages + MessageStream.BAD - 1 - MessageStream.BAD_AT) / MessageStream.BAD;
    assertThat(tally.rejects()).as("rejects").isEqualTo(bad);
    assertThat(tally.lost()).as("lost").isZero();
    assertThat(tally.doubled()).as("doubled").isZero();
    assertThat(tally.strange()).as("rows that no message stands for").isZero();
    Map<Integer, Long> stored = new TreeMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      stored.put(
          partition,
          stage.postgres.number(
              "SELECT off FROM kadb.offsets WHERE ftoid = " + ftoid + " AND prt = " + partition));
    }
    assertThat(stored).isEqualTo(stage.brokers.ends(topic, PARTITIONS));
    assertThat(stored.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(messages);
    if (way == Way.INSERT) {
      assertThat(tally.rows()).isEqualTo(messages - bad);
    }
    return tally;
  }

  /** The number of the foreign table, by which the store's tables know it. */
  long ftoid() {
    return ftoid;
  }

  @Override
  public void close() {
    stream.close();
    process.close();
  }
}
