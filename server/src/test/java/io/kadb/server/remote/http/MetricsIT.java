package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What {@code /metrics} says of scans, lag and rejected messages, while Kafka works or not. */
class MetricsIT extends KafkaServerFixture {
  private final HttpClient http = HttpClient.newHttpClient();

  private MetricsPage page() {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(server.url() + "/metrics")).build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/plain; version=0.0.4");
      return new MetricsPage(answer.body());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private MetricsPage await(Predicate<MetricsPage> wanted, String otherwise) {
    MetricsPage[] last = new MetricsPage[1];
    await(
        () -> {
          last[0] = page();
          return wanted.test(last[0]);
        },
        otherwise);
    return last[0];
  }

  private void read(String sql) throws SQLException {
    try (Connection connection = stock("json");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        rows.getString(1);
      }
    }
  }

  @Test
  void countsScansAndWhatTheyReadAndHowTheyEnd() throws SQLException {
    numbers(10, "k_seg_batch '4'");
    MetricsPage before = page();
    read("SELECT v FROM t");
    MetricsPage after =
        await(
            p ->
                p.value("kadb_scans_total", "ending", "batch_full")
                    > before.value("kadb_scans_total", "ending", "batch_full"),
            "no scan has ended");
    assertThat(after.value("kadb_scan_messages_total") - before.value("kadb_scan_messages_total"))
        .isEqualTo(4);
    assertThat(after.value("kadb_scan_bytes_total") - before.value("kadb_scan_bytes_total"))
        .isEqualTo(4);
    read("SELECT v FROM t WHERE _partition = 0");
    read("SELECT v FROM t");
    await(
        p ->
            p.value("kadb_scans_total", "ending", "ranges_done")
                == before.value("kadb_scans_total", "ending", "ranges_done") + 1,
        "the last scan did not read all");
    assertThat(page().value("kadb_rows_total")).isEqualTo(10);
    assertThat(page().value("kadb_results_total", "ending", "confirmed")).isEqualTo(3);
  }

  @Test
  void showsWhatRunsAndThatItWasCancelled() throws Exception {
    numbers(0, "k_stop_at_end 'false'");
    double cancelled = page().value("kadb_scans_total", "ending", "cancelled");
    ThinMessages client = thin().open();
    int statement = client.createStatement();
    CompletableFuture<ThinMessages.Reply> waiting =
        CompletableFuture.supplyAsync(() -> client.run(statement, "SELECT v FROM t"));
    MetricsPage running =
        await(p -> p.value("kadb_consumers", "state", "used") == 1, "no consumer is used");
    assertThat(running.value("kadb_scans_running")).isEqualTo(1);
    assertThat(running.value("kadb_scan_segments_running")).isEqualTo(1);
    assertThat(running.value("kadb_open_results")).isEqualTo(1);
    assertThat(running.value("kadb_store_connections")).isPositive();
    client.kadb("cancel", client.own().put("statementId", statement));
    assertThat(waiting.get().sqlState()).isEqualTo("57014");
    MetricsPage after =
        await(
            p -> p.value("kadb_scans_total", "ending", "cancelled") == cancelled + 1,
            "no scan was cancelled");
    assertThat(after.value("kadb_scans_running")).isZero();
    assertThat(after.value("kadb_scan_segments_running")).isZero();
    assertThat(after.value("kadb_errors_total", "sqlstate", "57014")).isEqualTo(1);
  }

  @Test
  void showsHowFarTablesAreBehind() throws SQLException {
    numbers(10, "k_seg_batch '4'");
    read("SELECT v FROM t");
    sql.update(
        "CREATE FOREIGN TABLE unread (v int) SERVER k OPTIONS (k_topic '"
            + sql.value("SELECT JSON_VALUE(options, 'lax $.k_topic') FROM kadb.foreign_tables")
            + "')");
    MetricsPage page = await(p -> p.has("kadb_lag_messages", "table", "t"), "no lag is known");
    assertThat(page.value("kadb_lag_messages", "schema", "public", "table", "t")).isEqualTo(6);
    assertThat(page.value("kadb_lag_most_messages", "table", "t")).isEqualTo(6);
    assertThat(page.value("kadb_lag_up", "table", "t")).isEqualTo(1);
    assertThat(page.has("kadb_lag_up", "table", "unread")).isFalse();
  }

  @Test
  void isNotHeldUpByBrokersThatAreSilent() throws Exception {
    numbers(10, "k_seg_batch '4'");
    read("SELECT v FROM t");
    try (ServerSocket silent = new ServerSocket(0)) {
      sql.update(
          "CREATE SERVER dead FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '127.0.0.1:"
              + silent.getLocalPort()
              + "', k_consumer_group 'g', k_latency_ms '60000')");
      sql.update("CREATE FOREIGN TABLE \"a \"\"b\"\" \\c\" (v int) SERVER dead");
      sql.update(
          "INSERT INTO kadb.offsets SELECT ftoid, 0, 5 FROM kadb.foreign_tables"
              + " WHERE server_name = 'dead'");
      String dead = "a \"b\" \\c";
      long begun = System.nanoTime();
      page();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
      MetricsPage page = await(p -> p.has("kadb_lag_messages", "table", "t"), "no lag is known");
      assertThat(page.value("kadb_lag_messages", "table", "t")).isEqualTo(6);
      assertThat(page.value("kadb_lag_up", "table", dead)).isZero();
      assertThat(page.has("kadb_lag_messages", "table", dead)).isFalse();
    }
  }

  @Test
  void countsMessagesThatWereRejected() throws SQLException {
    numbers(2, "k_on_error 'reject'").send(0, "three", "four", "5");
    read("SELECT v FROM t");
    MetricsPage page = page();
    assertThat(page.value("kadb_store_up")).isEqualTo(1);
    assertThat(page.value("kadb_rejects", "schema", "public", "table", "t")).isEqualTo(2);
  }

  @Test
  void keepsCallsThatThereAreNotOutOfTheLabels() {
    ThinMessages client = thin().open();
    client.kadb("x%7Dy", client.own());
    MetricsPage page = page();
    assertThat(page.value("kadb_requests_total", "call", "unknown")).isEqualTo(1);
    assertThat(page.has("kadb_requests_total", "call", "x}y")).isFalse();
    assertThat(page.value("kadb_request_seconds_total", "call", "openConnection"))
        .isPositive()
        .isLessThan(60);
  }
}
