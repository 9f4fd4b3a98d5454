package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.remote.config.ServerOption;
import io.kadb.server.remote.config.ServerSettings;
import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.PostgresTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TcpProxy;
import io.kadb.testing.TestPostgres;
import io.kadb.testing.TestTopic;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code /metrics} says of loads into the warehouse, and when the store is silent. */
@KafkaTest
@PostgresTest
@Timeout(60)
class LoadMetricsIT {
  private static KadbServer start(String url, TestPostgres postgres) {
    Map<ServerOption, String> options =
        Map.of(
            ServerOption.PORT,
            "0",
            ServerOption.STORE,
            url,
            ServerOption.STORE_USER,
            postgres.user());
    return KadbServer.start(ServerSettings.of(options, name -> null, Optional.empty()));
  }

  private static MetricsPage page(KadbServer server) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/metrics")).build();
    return new MetricsPage(
        HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
  }

  @Test
  void sumsUpLoadsByTableAndTarget(KafkaCluster kafka, TestPostgres postgres) throws Exception {
    TestTopic topic = kafka.newTopic("loaded", 1);
    topic.send(0, "1", "22", "x", "333");
    postgres.execute("DROP TABLE IF EXISTS target", "CREATE TABLE target (v int)");
    double begun = Instant.now().toEpochMilli() / 1e3;
    try (KadbServer server = start(postgres.jdbcUrl(), postgres);
        SqlClient sql =
            SqlClient.connect(Map.of("store", postgres.jdbcUrl(), "storeUser", postgres.user()))) {
      sql.update(
          "CREATE SERVER metered FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
              + kafka.bootstrapServers()
              + "', k_consumer_group 'g', k_stop_at_end 'true', k_timeout_ms '30000', k_seg_batch '2', format 'csv')");
      sql.update(
          "CREATE FOREIGN TABLE metered (v int) SERVER metered OPTIONS (k_topic '"
              + topic.name()
              + "', k_on_error 'reject', k_segments '1')");
      assertThat(sql.update("INSERT INTO pg.public.target SELECT v FROM metered")).isEqualTo(2);
      assertThat(sql.update("INSERT INTO pg.public.target SELECT v FROM metered")).isEqualTo(1);
      MetricsPage page = page(server);
      String[] labels = {"table", "metered", "schema", "public", "target", "pg.public.target"};
      assertThat(page.value("kadb_loads_total", labels)).isEqualTo(2);
      assertThat(page.value("kadb_load_rows_total", labels)).isEqualTo(3);
      assertThat(page.value("kadb_load_rejects_total", labels)).isEqualTo(1);
      assertThat(page.value("kadb_load_bytes_total", labels)).isEqualTo(6 + 1);
      assertThat(page.value("kadb_load_last_timestamp_seconds", labels))
          .isBetween(begun, Instant.now().toEpochMilli() / 1e3);
      assertThat(page.value("kadb_rejects", "table", "metered")).isEqualTo(1);
      assertThat(page.value("kadb_store_up")).isEqualTo(1);
      assertThat(page.value("kadb_store_connections")).isPositive();
      sql.update("DROP SERVER metered CASCADE");
    }
  }

  @Test
  void isNotHeldUpByAStoreThatIsSilent(TestPostgres postgres) throws Exception {
    try (TcpProxy proxy = new TcpProxy()) {
      proxy.forwardTo("127.0.0.1", postgres.port());
      try (KadbServer server = start(postgres.jdbcUrl(proxy.port()), postgres)) {
        proxy.stall();
        long begun = System.nanoTime();
        MetricsPage page = page(server);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
        assertThat(page.value("kadb_store_up")).isZero();
        assertThat(page.value("kadb_connections")).isZero();
        assertThat(page.has("kadb_load_rows_total")).isFalse();
        begun = System.nanoTime();
        HttpRequest health = HttpRequest.newBuilder(URI.create(server.url() + "/health")).build();
        assertThat(HttpClient.newHttpClient().send(health, BodyHandlers.ofString()).statusCode())
            .isEqualTo(503);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
        proxy.restore();
      }
    }
  }
}
