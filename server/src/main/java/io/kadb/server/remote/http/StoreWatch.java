package io.kadb.server.remote.http;

import io.kadb.catalog.TableName;
import io.kadb.jdbc.Activity;
import io.kadb.server.remote.Exposition;
import io.kadb.server.remote.MetricSource;
import io.kadb.server.remote.RemoteConnections;
import io.kadb.store.LoadTotal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What the store keeps of loads and rejected messages, by table. */
final class StoreWatch implements MetricSource {
  private final RemoteConnections connections;
  private final Refreshed<Content> content;

  StoreWatch(RemoteConnections connections, Refreshed.Times times) {
    this.connections = connections;
    this.content = new Refreshed<>("kadb-loads", this::ask, times, System::nanoTime);
  }

  /** Returns times for those who ask every few seconds; the store sums up all loads. */
  static Refreshed.Times usualTimes() {
    return new Refreshed.Times(
        Duration.ofSeconds(30), Duration.ofSeconds(120), Duration.ofSeconds(2));
  }

  private record Content(List<LoadTotal> loads, Map<TableName, Long> rejects) {}

  private Content ask() throws SQLException {
    try (Connection connection = connections.openOwn()) {
      return new Content(Activity.loads(connection), Activity.rejects(connection));
    }
  }

  @Override
  public void write(Exposition out) {
    Optional<Content> known = content.value();
    out.gauge("kadb_store_up", "Whether the store says what it holds.")
        .sample(known.isPresent() ? 1 : 0);
    List<LoadTotal> loads = known.map(Content::loads).orElse(List.of());
    out.counter("kadb_loads_total", "Loads into the warehouse.");
    loads(out, loads, LoadTotal::loads);
    out.counter("kadb_load_rows_total", "Rows that messages of loads gave.");
    loads(out, loads, total -> total.counts().rows());
    out.counter("kadb_load_rejects_total", "Messages of loads that could not be turned into rows.");
    loads(out, loads, total -> total.counts().rejects());
    out.counter("kadb_load_bytes_total", "Bytes of the messages' values of loads.");
    loads(out, loads, total -> total.counts().bytes());
    out.gauge("kadb_load_last_timestamp_seconds", "When the last load ended, since 1970.");
    loads(out, loads, total -> total.lastFinishedAt().toEpochMilli() / 1e3);
    out.gauge("kadb_rejects", "Messages in kadb.rejects.");
    known
        .map(Content::rejects)
        .orElse(Map.of())
        .forEach(
            (table, count) -> out.sample(count, "schema", table.schema(), "table", table.table()));
  }

  private static void loads(
      Exposition out, List<LoadTotal> loads, ToDoubleFunction<LoadTotal> value) {
    for (LoadTotal total : loads) {
      TableName table = total.table();
      out.sample(
          value.applyAsDouble(total),
          "schema",
          table.schema(),
          "table",
          table.table(),
          "target",
          total.target());
    }
  }
}
