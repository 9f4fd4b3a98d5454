package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.remote.config.ServerOption;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What clients may have, and what they get when they want more. */
class LimitsTest extends ServerFixture {
  @Override
  Map<ServerOption, String> options() {
    return Map.of(
        ServerOption.MAX_CONNECTIONS, "2",
        ServerOption.MAX_STATEMENTS, "3",
        ServerOption.MAX_REQUEST_BYTES, "2000",
        ServerOption.FRAME_BYTES, "1024",
        ServerOption.FRAME_ROWS, "500",
        ServerOption.STATEMENT_TIMEOUT, "1",
        ServerOption.IDLE_CONNECTION, "1");
  }

  @Test
  void connectionsAreLimited() {
    thin().open();
    ThinMessages second = thin().open();
    ThinMessages third = thin();
    assertThat(third.post(third.request("openConnection").putNull("info")).sqlState())
        .isEqualTo("53400");
    second.post(second.request("closeConnection"));
    assertThat(third.post(third.request("openConnection").putNull("info")).status()).isEqualTo(200);
  }

  @Test
  void statementsOfAConnectionAreLimited() {
    ThinMessages client = thin().open();
    int first = client.createStatement();
    client.createStatement();
    client.createStatement();
    assertThat(client.post(client.request("createStatement")).sqlState()).isEqualTo("53400");
    client.closeStatement(first);
    assertThat(client.createStatement()).isPositive();
  }

  @Test
  void requestsAreLimited() {
    ThinMessages client = thin().open();
    int statement = client.createStatement();
    ThinMessages.Reply reply = client.run(statement, "SELECT '" + "x".repeat(2_000) + "'");
    assertThat(reply.sqlState()).isEqualTo("53400");
    assertThat(reply.body().path("errorMessage").asText()).contains("max-request-bytes");
    assertThat(client.run(statement, "SELECT 1").rows()).isEqualTo(1);
  }

  @Test
  void framesAreLimitedByRowsAndBytes() {
    ThinMessages client = thin().open();
    int statement = client.createStatement();
    ThinMessages.Reply narrow = client.run(statement, StockClientTest.manyRows(), 100);
    assertThat(narrow.rows()).isEqualTo(100);
    ThinMessages.Reply wide =
        client.run(
            statement, "SELECT repeat('x', 300) FROM (" + StockClientTest.manyRows() + ") AS r");
    assertThat(wide.rows()).isBetween(3, 4);
    ThinMessages.Reply single = client.run(statement, "SELECT repeat('x', 5000) AS x");
    assertThat(single.rows()).isEqualTo(1);
    assertThat(single.done()).isTrue();
  }

  @Test
  void theTimeOfStatementsIsLimited() {
    ThinMessages client = thin().open();
    int statement = client.createStatement();
    client.kadb("options", client.own().put("statementId", statement).put("queryTimeout", 100));
    String many = "(" + StockClientTest.manyRows() + ")";
    ThinMessages.Reply reply =
        client.run(
            statement,
            "SELECT count(*) FROM " + many + " AS a, " + many + " AS b, " + many + " AS c");
    assertThat(reply.sqlState()).isEqualTo("57014");
  }

  @Test
  void connectionsThatNobodyUsesAreClosed() throws SQLException {
    ThinMessages client = thin().open();
    client.autoCommit(false);
    client.run(client.createStatement(), "INSERT INTO kadb.offsets VALUES (1, 0, 1)");
    await(() -> server.connections().count() == 0, "the connection is still open");
    assertThat(client.post(client.request("commit")).sqlState()).isEqualTo("08003");
    assertThat(sql.rows("SELECT off FROM kadb.offsets")).isEmpty();
  }
}
