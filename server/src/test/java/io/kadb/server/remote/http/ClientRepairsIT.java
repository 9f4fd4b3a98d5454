package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * What Avatica's driver and server get wrong with statements that wait for messages, and ours do
 * not: each claim must hold for ours and fail for Avatica's.
 */
class ClientRepairsIT extends KafkaServerFixture {
  /** For how long the statements wait if nobody ends them. */
  private static final String PATIENCE = "k_timeout_ms '3000'";

  private static final Duration AT_ONCE = Duration.ofMillis(2_500);
  private static final String READ = "SELECT v FROM t";

  /** What must hold of a driver. */
  @FunctionalInterface
  private interface Claim {
    void on(String url) throws Exception;
  }

  private void repaired(Claim claim) throws Exception {
    numbers(0, "k_stop_at_end 'false'", PATIENCE);
    String place = server.url().substring(server.url().indexOf("://"));
    claim.on("jdbc:kadb" + place + "/");
    assertThat(catchThrowable(() -> claim.on("jdbc:avatica:remote:url=" + server.url())))
        .as("the claim must fail for Avatica's own driver")
        .isNotNull();
  }

  @Test
  void cancelReachesTheServer() throws Exception {
    repaired(
        url -> {
          try (Connection connection = DriverManager.getConnection(url);
              Statement statement = connection.createStatement()) {
            CompletableFuture<Throwable> run =
                CompletableFuture.supplyAsync(
                    () -> catchThrowable(() -> statement.executeQuery(READ)));
            await(() -> server.connections().openResultCount() == 1, "nothing runs");
            long deadline = System.nanoTime() + AT_ONCE.toNanos();
            // A cancel that comes before the statement runs does nothing, as everywhere in JDBC.
            while (!run.isDone()) {
              assertThat(System.nanoTime()).as("it still runs").isLessThan(deadline);
              statement.cancel();
            }
            assertThat(run.get())
                .isInstanceOfSatisfying(
                    SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
          }
        });
  }

  @Test
  void aQueryTimeoutReachesTheServer() throws Exception {
    repaired(
        url -> {
          try (Connection connection = DriverManager.getConnection(url);
              Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.executeQuery(READ))
                .isInstanceOf(SQLTimeoutException.class);
            assertThat(server.connections().openResultCount()).isZero();
          }
        });
  }

  /** The longest wait is nearer to clients' time limits: at Avatica's own server there is none. */
  @Test
  void anEmptyFrameComesBeforeClientsGiveUp() throws Exception {
    numbers(0, "k_stop_at_end 'false'", "k_timeout_ms '20000'");
    AvaticaOwnServer own = new AvaticaOwnServer(folder.resolve("home").toString());
    try {
      CompletableFuture<ThinMessages.Reply> theirs = waiting(own.url());
      CompletableFuture<ThinMessages.Reply> ours = waiting(server.url());
      long begun = System.nanoTime();
      ThinMessages.Reply reply = ours.get();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
      assertThat(reply.rows()).isZero();
      assertThat(reply.done()).isFalse();
      assertThat(theirs).as("the answer of Avatica's own server").isNotDone();
    } finally {
      observer()
          .rows("SELECT kadb.cancel(query_id) FROM kadb.queries WHERE sql_text = '" + READ + "'");
      own.close();
    }
  }

  private static CompletableFuture<ThinMessages.Reply> waiting(String url) {
    ThinMessages client = new ThinMessages(url).openPlain();
    int statement = client.createStatement();
    return CompletableFuture.supplyAsync(() -> client.run(statement, READ));
  }
}
