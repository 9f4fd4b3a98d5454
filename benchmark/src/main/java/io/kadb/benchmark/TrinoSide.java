package io.kadb.benchmark;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Trino beside kadb, over the same topic; or nothing where it was not asked for. */
final class TrinoSide implements AutoCloseable {
  static final String COUNT = "Trino, `count(*)`";
  static final String ONE_COLUMN = "Trino, one column";
  static final String ALL_COLUMNS = "Trino, all columns";
  static final String SELECT = "Trino, its JDBC driver";

  /** Its first queries take many times as long as later ones. */
  private static final int MORE_WARM_UPS = 2;

  private final @Nullable Running running;

  private record Running(TrinoProcess process, Connection connection, TrinoQueries queries) {}

  private TrinoSide(@Nullable Running running) {
    this.running = running;
  }

  /** Starts it if the options say so and it can read the form. */
  static TrinoSide start(LabOptions options, String brokers, Form form)
      throws IOException, SQLException {
    if (!options.trino() || !TrinoQueries.canRead(form)) {
      return new TrinoSide(null);
    }
    TrinoProcess process = TrinoProcess.start(TrinoInstallation.find(), brokers);
    try {
      TrinoQueries queries = new TrinoQueries(form);
      process.await(queries.limit(1));
      return new TrinoSide(new Running(process, process.connect(), queries));
    } catch (IOException | SQLException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /** What it runs on, for the notes of a table; empty if it does not run. */
  static Optional<String> note(LabOptions options) {
    if (!options.trino()) {
      return Optional.empty();
    }
    TrinoInstallation installation = TrinoInstallation.find();
    return Optional.of(
        "Trino %s on Java %d with %s of heap, tuned to one split for each partition; its processor"
                .formatted(installation.version(), installation.javaRelease(), TrinoProcess.HEAP)
            + " time is its server's. It gives text or bytes for times and decimals, which its"
            + " aggregates cast and its `SELECT *` does not, and reads no container of more than"
            + " one record.");
  }

  /** The aggregates over a topic, warmed up; none if it does not run. */
  List<Measurement> aggregates(BenchmarkTopic topic) throws Exception {
    if (running == null) {
      return List.of();
    }
    TrinoQueries queries = running.queries;
    List<Measurement> all =
        List.of(
            measurement(COUNT, topic.rows(), topic.rows(), queries.count()),
            measurement(ONE_COLUMN, topic.rows(), topic.oneColumn(), queries.oneColumn()),
            measurement(ALL_COLUMNS, topic.rows(), topic.rows(), queries.allColumns()));
    warmUp(all);
    return all;
  }

  private Measurement measurement(String name, long rows, long answer, String sql) {
    Running started = started();
    return new Measurement(
        name, rows, answer, () -> Tables.number(started.connection, sql), started.process.handle());
  }

  /** The whole topic, read by getters; the processor time is this process's and Trino's. */
  Optional<Measurement> select(BenchmarkTopic topic) throws Exception {
    if (running == null) {
      return Optional.empty();
    }
    Running started = running;
    Measurement select =
        new Measurement(
            SELECT,
            topic.rows(),
            () -> started.queries.drain(started.connection),
            ProcessHandle.current(),
            started.process.handle());
    warmUp(List.of(select));
    return Optional.of(select);
  }

  /** The number of rows in partition 0. */
  Optional<Measurement> onePartition(long rows) throws Exception {
    if (running == null) {
      return Optional.empty();
    }
    Measurement one = measurement(COUNT, rows, rows, running.queries.onePartition(0));
    warmUp(List.of(one));
    return Optional.of(one);
  }

  /** The first ten rows. */
  Optional<Latency> limited() {
    if (running == null) {
      return Optional.empty();
    }
    Running started = running;
    return Optional.of(
        new Latency(SELECT, 10, () -> rows(started.connection, started.queries.limit(10))));
  }

  private static long rows(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      long rows = 0;
      while (result.next()) {
        rows++;
      }
      return rows;
    }
  }

  private Running started() {
    if (running == null) {
      throw new IllegalStateException("Trino does not run");
    }
    return running;
  }

  private static void warmUp(List<Measurement> all) throws Exception {
    for (int i = 0; i < MORE_WARM_UPS; i++) {
      for (Measurement measurement : all) {
        measurement.warmUp();
      }
    }
  }

  @Override
  public void close() throws SQLException {
    if (running != null) {
      try {
        running.connection.close();
      } finally {
        running.process.close();
      }
    }
  }
}
