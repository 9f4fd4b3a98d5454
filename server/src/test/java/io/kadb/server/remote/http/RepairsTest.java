package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.util.DateTimeUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What Avatica's own server gets wrong and ours does not. Each test makes the same statement about
 * both: it must hold for ours and fail for Avatica's, so that none of them passes for nothing.
 */
class RepairsTest extends ServerFixture {
  static {
    // Avatica keeps the default zone that it first sees: it must not be the one of a test.
    DateTimeUtils.unixDateToString(0);
  }

  private AvaticaOwnServer own;
  private TimeZone zone;

  @BeforeEach
  void startAvaticasOwn() throws Exception {
    zone = TimeZone.getDefault();
    own = new AvaticaOwnServer(folder.resolve("home").toString());
  }

  @AfterEach
  void stopAvaticasOwn() {
    own.close();
    TimeZone.setDefault(zone);
  }

  /** What must hold of a server. */
  @FunctionalInterface
  private interface Claim {
    void on(String url) throws Exception;
  }

  private void repaired(Claim claim) throws Exception {
    claim.on(server.url());
    assertThat(catchThrowable(() -> claim.on(own.url())))
        .as("the claim must fail for Avatica's own server")
        .isNotNull();
  }

  private static Connection connect(String url) throws SQLException {
    return DriverManager.getConnection("jdbc:avatica:remote:url=" + url);
  }

  @Test
  void timestampsDoNotShiftByTheServersTimeZoneAfterRow100() throws Exception {
    TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
    repaired(
        url -> {
          try (Connection connection = connect(url);
              Statement statement = connection.createStatement();
              ResultSet rows =
                  statement.executeQuery(
                      "SELECT n, TIMESTAMP '2024-02-29 12:34:56.789' AS t, DATE '2024-02-29' AS d"
                          + " FROM ("
                          + StockClientTest.manyRows()
                          + ") AS r ORDER BY n")) {
            Set<String> values = new HashSet<>();
            while (rows.next()) {
              values.add(rows.getString("t") + " " + rows.getString("d"));
            }
            assertThat(values).containsExactly("2024-02-29 12:34:56.789 2024-02-29");
          }
        });
  }

  @Test
  void aStatementThatIsLostIsAnErrorAndNotRunAgain() throws Exception {
    repaired(
        url -> {
          try (Connection connection = connect(url);
              Statement statement = connection.createStatement()) {
            statement.setFetchSize(100);
            PreparedStatement read = connection.prepareStatement(StockClientTest.manyRows());
            read.setFetchSize(100);
            ResultSet rows = read.executeQuery();
            assertThat(rows.next()).isTrue();
            lose(url, connection, read);
            assertThatThrownBy(
                    () -> {
                      while (rows.next()) {
                        rows.getInt(1);
                      }
                    })
                .isInstanceOf(Exception.class);
          }
        });
  }

  private static void lose(String url, Connection connection, Statement statement) {
    ThinMessages messages = new ThinMessages(url);
    ObjectNode close = messages.request("closeStatement");
    close.put("connectionId", ((AvaticaConnection) connection).id);
    close.put("statementId", ((AvaticaStatement) statement).handle.id);
    messages.post(close);
  }

  @Test
  void aFrameThatIsAskedForAgainIsTheSameFrame() throws Exception {
    repaired(
        url -> {
          ThinMessages client = new ThinMessages(url).openPlain();
          int statement = client.createStatement();
          ThinMessages.Reply first = client.run(statement, StockClientTest.manyRows(), 100);
          ThinMessages.Reply second = client.fetch(statement, first.rows(), 100);
          assertThat(second.rows()).isEqualTo(100);
          assertThat(client.fetch(statement, first.rows(), 100).frame()).isEqualTo(second.frame());
        });
  }

  @Test
  void aFrameOfAWrongOffsetIsRefused() throws Exception {
    repaired(
        url -> {
          ThinMessages client = new ThinMessages(url).openPlain();
          int statement = client.createStatement();
          client.run(statement, StockClientTest.manyRows(), 100);
          assertThat(client.fetch(statement, 555, 100).status()).isEqualTo(500);
        });
  }

  @Test
  void propertiesOfAClientDoNotReachTheStore() throws Exception {
    sql.update("INSERT INTO kadb.offsets VALUES (1, 0, 1)");
    repaired(
        url -> {
          Properties other = new Properties();
          other.put("store", "jdbc:sqlite:" + folder.resolve("other.db"));
          String avatica = "jdbc:avatica:remote:url=" + url;
          try (Connection connection = DriverManager.getConnection(avatica, other);
              Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery("SELECT count(*) FROM kadb.offsets")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getInt(1)).isEqualTo(1);
          }
        });
  }

  @Test
  void aFetchSizeOfZeroMeansThatTheServerDecides() throws Exception {
    repaired(
        url -> {
          try (Connection connection = connect(url);
              PreparedStatement statement =
                  connection.prepareStatement(StockClientTest.manyRows())) {
            statement.setFetchSize(0);
            try (ResultSet rows = statement.executeQuery()) {
              int count = 0;
              while (rows.next()) {
                count++;
              }
              assertThat(count).isEqualTo(1000);
            }
          }
        });
  }

  @Test
  void errorsHaveTheirStateAndNoStackTrace() throws Exception {
    repaired(
        url -> {
          ThinMessages client = new ThinMessages(url).openPlain();
          ThinMessages.Reply reply = client.run(client.createStatement(), "SELECT * FROM nowhere");
          assertThat(reply.sqlState()).isEqualTo("42P01");
          assertThat(reply.body().toString()).doesNotContain("\\tat ");
        });
  }

  @Test
  void theFirstFrameIsAsLargeAsTheOthers() throws Exception {
    repaired(
        url -> {
          ThinMessages client = new ThinMessages(url).openPlain();
          ThinMessages.Reply reply =
              client.run(client.createStatement(), StockClientTest.manyRows(), -1);
          assertThat(reply.rows()).isEqualTo(1000);
        });
  }

  @Test
  void aLostConnectionIsNotOpenedAgainUnnoticed() throws Exception {
    repaired(
        url -> {
          try (Connection connection = connect(url)) {
            connection.setAutoCommit(false);
            connection.createStatement().executeUpdate("DELETE FROM kadb.offsets");
            ThinMessages messages = new ThinMessages(url);
            messages.post(
                messages
                    .request("closeConnection")
                    .put("connectionId", ((AvaticaConnection) connection).id));
            assertThatThrownBy(connection::commit)
                .hasMessageContaining("does not know this connection");
          }
        });
  }
}
