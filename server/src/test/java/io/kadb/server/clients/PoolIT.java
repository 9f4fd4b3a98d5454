package io.kadb.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A HikariCP pool: its connections are as new when it lends them, also over a server's restart. */
class PoolIT extends ClientFixture {
  private static final int SIZE = 4;

  /** For how long the pool trusts a connection that was just in use, in milliseconds. */
  private static final String TRUST = "com.zaxxer.hikari.aliveBypassWindowMs";

  /** The pool logs each connection that it gives up, with a stack trace. */
  @BeforeAll
  static void keepQuiet() {
    ((Logger) LoggerFactory.getLogger("com.zaxxer.hikari")).setLevel(Level.ERROR);
  }

  @BeforeEach
  void trustNoConnection() {
    System.setProperty(TRUST, "-1");
  }

  @AfterEach
  void trustThemAgain() {
    System.clearProperty(TRUST);
  }

  private void restartServer() {
    int port = server.port();
    server.close();
    server = startServer(port);
  }

  private static int one(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT 1")) {
      assertThat(row.next()).isTrue();
      int value = row.getInt(1);
      assertThat(row.next()).isFalse();
      return value;
    }
  }

  /** Takes all connections of the pool at once, uses them and gives them back. */
  private static Set<Connection> useAll(HikariDataSource pool) throws SQLException {
    List<Connection> lent = new ArrayList<>();
    Set<Connection> driversOwn = new HashSet<>();
    try {
      for (int i = 0; i < SIZE; i++) {
        Connection connection = pool.getConnection();
        lent.add(connection);
        assertThat(one(connection)).isEqualTo(1);
        driversOwn.add(connection.unwrap(Connection.class));
      }
    } finally {
      for (Connection connection : lent) {
        connection.close();
      }
    }
    return driversOwn;
  }

  @Test
  void keepsItsConnectionsWhileTheServerStays() throws SQLException {
    HikariDataSource pool = pool(SIZE);

    Set<Connection> first = useAll(pool);

    assertThat(useAll(pool)).isEqualTo(first).hasSize(SIZE);
    assertThat(server.connections().count()).isEqualTo(SIZE);
    assertThat(server.connections().statementCount()).isZero();
  }

  @Test
  void replacesAllConnectionsAfterTheServerStartedAnew() throws SQLException {
    HikariDataSource pool = pool(SIZE);
    Set<Connection> first = useAll(pool);

    restartServer();

    assertThat(useAll(pool)).hasSize(SIZE).doesNotContainAnyElementsOf(first);
    assertThat(server.connections().count()).isEqualTo(SIZE);
  }

  @Test
  void refusesWhileTheServerIsDownAndLendsWhenItIsBack() throws SQLException {
    HikariDataSource pool =
        pool(SIZE, settings -> settings.setConnectionTimeout(Duration.ofSeconds(1).toMillis()));
    await(() -> lendsAll(pool), "the pool lends nothing");
    int port = server.port();
    server.close();

    assertThatThrownBy(pool::getConnection).isInstanceOf(SQLTransientConnectionException.class);

    server = startServer(port);
    await(() -> lendsAll(pool), "the pool does not see that the server is back");
  }

  private static boolean lendsAll(HikariDataSource pool) {
    try {
      return useAll(pool).size() == SIZE;
    } catch (SQLException notYet) {
      return false;
    }
  }

  @Test
  void dropsAConnectionThatTheRestartCutInMidResult() throws SQLException {
    table("t", "id int", 1)
        .send(0, IntStream.range(0, 5_000).mapToObj(Integer::toString).toArray(String[]::new));
    HikariDataSource pool = pool(1);
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(100);
      ResultSet rows = statement.executeQuery("SELECT id FROM t");
      assertThat(rows.next()).isTrue();

      restartServer();

      assertThatThrownBy(
              () -> {
                while (rows.next()) {
                  rows.getInt(1);
                }
              })
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
    }
    assertThat(stored()).isEmpty();
    try (Connection connection = pool.getConnection()) {
      assertThat(one(connection)).isEqualTo(1);
    }
    awaitNoScan();
  }

  @Test
  void givesConnectionsBackAsTheyWere() throws SQLException {
    table("t", "id int", 1).send(0, "1", "2");
    HikariDataSource pool = pool(1, settings -> settings.setSchema("public"));
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      connection.setSchema("kadb");
      connection.setReadOnly(true);
      connection.setReadOnly(false);
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT id FROM public.t")) {
        while (rows.next()) {
          assertThat(rows.getInt(1)).isPositive();
        }
      }
    }
    assertThat(stored()).as("what was not committed").isEmpty();
    try (Connection connection = pool.getConnection()) {
      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(connection.getSchema()).isEqualTo("public");
      assertThat(connection.isReadOnly()).isFalse();
      assertThat(one(connection)).isEqualTo(1);
    }
    awaitNoScan();
  }
}
