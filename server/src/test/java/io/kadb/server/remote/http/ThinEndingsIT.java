package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kadb.server.remote.Metric;
import io.kadb.server.remote.config.ServerOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How results of kadb's own driver end, and what becomes of the offsets: a test for each ending.
 */
class ThinEndingsIT extends KafkaServerFixture {
  private ThinMessages client;
  private int statement;

  @Override
  Map<ServerOption, String> options() {
    return Map.of(ServerOption.IDLE_RESULT, "1");
  }

  @BeforeEach
  void open() {
    client = thin().open();
    statement = client.createStatement();
  }

  /** Reads the table to the last frame; the first goes out early if the machine is busy. */
  private int read(int ofStatement) {
    ThinMessages.Reply reply = client.run(ofStatement, "SELECT v FROM t");
    int rows = reply.rows();
    while (reply.status() == 200 && !reply.done()) {
      reply = client.fetch(ofStatement, rows, 1000);
      rows += reply.rows();
    }
    assertThat(reply.done()).as(reply.body().toString()).isTrue();
    return rows;
  }

  @Test
  void movesWhenTheClientConfirmsAfterTheLastFrame() throws SQLException {
    numbers(10);
    ThinMessages.Reply first = client.run(statement, "SELECT v FROM t", 4);
    assertThat(first.rows()).isEqualTo(4);
    assertThat(first.done()).isFalse();
    assertThat(client.fetch(statement, 4, 4).rows()).isEqualTo(4);
    ThinMessages.Reply last = client.fetch(statement, 8, 4);
    assertThat(last.rows()).isEqualTo(2);
    assertThat(last.done()).isTrue();
    assertThat(stored()).isEmpty();
    assertThat(client.end(statement).status()).isEqualTo(200);
    assertThat(stored()).isEqualTo("10");
    assertThat(client.end(statement).status()).isEqualTo(200);
    assertThat(server.metrics().value(Metric.ROWS)).isEqualTo(10);
  }

  @Test
  void movesAnEmptyResultWhenTheClientConfirms() throws SQLException {
    numbers(3);
    ThinMessages.Reply reply = client.run(statement, "SELECT v FROM t WHERE v > 100");
    assertThat(reply.rows()).isZero();
    assertThat(reply.done()).isTrue();
    assertThat(stored()).isEmpty();
    client.end(statement);
    assertThat(stored()).isEqualTo("3");
  }

  @Test
  void refusesAConfirmationBeforeTheLastFrameAndGoesOn() throws SQLException {
    numbers(10);
    client.run(statement, "SELECT v FROM t", 4);
    assertThat(client.end(statement).sqlState()).isEqualTo("08P01");
    client.fetch(statement, 4, 4);
    assertThat(client.fetch(statement, 8, 4).done()).isTrue();
    client.end(statement);
    assertThat(stored()).isEqualTo("10");
  }

  @Test
  void givesTheLastFrameAgainAndRefusesAnyOtherOffset() throws SQLException {
    numbers(10);
    ThinMessages.Reply first = client.run(statement, "SELECT v FROM t", 4);
    assertThat(client.fetch(statement, 0, 4).frame()).isEqualTo(first.frame());
    ThinMessages.Reply second = client.fetch(statement, 4, 4);
    assertThat(client.fetch(statement, 4, 4).frame()).isEqualTo(second.frame());
    assertThat(client.fetch(statement, 0, 4).sqlState()).isEqualTo("08P01");
    assertThat(client.fetch(statement, 6, 4).sqlState()).isEqualTo("08P01");
    assertThat(client.fetch(statement, 12, 4).sqlState()).isEqualTo("08P01");
    ThinMessages.Reply last = client.fetch(statement, 8, 4);
    assertThat(client.fetch(statement, 8, 4).frame()).isEqualTo(last.frame());
    assertThat(stored()).isEmpty();
    client.end(statement);
    assertThat(stored()).isEqualTo("10");
  }

  @Test
  void movesNothingWhenTheStatementIsClosedEarlyOrUnconfirmed() throws SQLException {
    numbers(10);
    client.run(statement, "SELECT v FROM t", 4);
    client.closeStatement(statement);
    assertThat(client.fetch(statement, 4, 4).sqlState()).isEqualTo("26000");
    int other = client.createStatement();
    assertThat(read(other)).isEqualTo(10);
    client.closeStatement(other);
    assertThat(stored()).isEmpty();
  }

  @Test
  void movesNothingWhenTheResultIsAbandonedAndTheStatementStaysUsable() throws SQLException {
    numbers(10);
    client.run(statement, "SELECT v FROM t", 4);
    assertThat(client.abandon(statement).status()).isEqualTo(200);
    assertThat(read(statement)).isEqualTo(10);
    assertThat(client.abandon(statement).status()).isEqualTo(200);
    assertThat(stored()).isEmpty();
    assertThat(read(statement)).isEqualTo(10);
    client.end(statement);
    assertThat(stored()).isEqualTo("10");
  }

  @Test
  void movesNothingWhenTheStatementRunsAgain() throws SQLException {
    numbers(10);
    assertThat(read(statement)).isEqualTo(10);
    assertThat(client.run(statement, "SELECT 1").done()).isTrue();
    client.end(statement);
    assertThat(stored()).isEmpty();
  }

  @Test
  void movesNothingWhenTheConnectionIsClosed() throws SQLException {
    numbers(10);
    assertThat(read(statement)).isEqualTo(10);
    client.post(client.request("closeConnection"));
    assertThat(stored()).isEmpty();
    assertThat(client.end(statement).sqlState()).isEqualTo("08003");
  }

  @Test
  void commitMovesWhatWasConfirmedAndNothingElse() throws SQLException {
    numbers(10, "k_seg_batch '5'");
    client.autoCommit(false);
    read(statement);
    client.end(statement);
    assertThat(stored()).isEmpty();
    assertThat(read(statement)).isEqualTo(5);
    assertThat(client.post(client.request("commit")).status()).isEqualTo(200);
    assertThat(stored()).isEqualTo("5");
    assertThat(client.fetch(statement, 5, 4).sqlState()).isEqualTo("26000");
  }

  @Test
  void rollbackMovesNothing() throws SQLException {
    numbers(10);
    client.autoCommit(false);
    read(statement);
    client.end(statement);
    assertThat(client.post(client.request("rollback")).status()).isEqualTo(200);
    assertThat(stored()).isEmpty();
  }

  @Test
  void saysWhenAnotherSessionHasMovedTheOffsets() throws SQLException {
    numbers(10);
    assertThat(read(statement)).isEqualTo(10);
    moveOffset(7);
    assertThat(client.end(statement).sqlState()).isEqualTo("40001");
    assertThat(stored()).isEqualTo("7");
    assertThat(client.end(statement).sqlState()).isEqualTo("40001");
  }

  @Test
  void givesTheRowsBeforeAnErrorThenTheErrorAndMovesNothing() throws SQLException {
    numbers(10).send(0, "eleven");
    ThinMessages.Reply reply = client.run(statement, "SELECT v FROM t", 4);
    long offset = 0;
    while (reply.status() == 200) {
      offset += reply.rows();
      reply = client.fetch(statement, offset, 4);
    }
    assertThat(reply.sqlState()).isEqualTo("22P02");
    assertThat(client.fetch(statement, offset, 4).sqlState()).isEqualTo("22P02");
    assertThat(client.end(statement).sqlState()).isEqualTo("22P02");
    assertThat(stored()).isEmpty();
  }

  @Test
  void reportsAnErrorOfTheFirstRowsWhenTheStatementRuns() throws SQLException {
    numbers(0).send(0, "eleven");
    assertThat(client.run(statement, "SELECT v FROM t").sqlState()).isEqualTo("22P02");
  }

  @Test
  void movesNothingWhenMaxRowsCutsRowsOff() throws SQLException {
    numbers(10);
    client.kadb("options", client.own().put("statementId", statement).put("maxRows", 4));
    ThinMessages.Reply reply = client.run(statement, "SELECT v FROM t");
    assertThat(reply.rows()).isEqualTo(4);
    assertThat(reply.done()).isTrue();
    assertThat(client.end(statement).status()).isEqualTo(200);
    assertThat(stored()).isEmpty();
    client.kadb("options", client.own().put("statementId", statement).put("maxRows", 0));
    assertThat(read(statement)).isEqualTo(10);
  }

  @Test
  void givesUpResultsThatNobodyAsksFor() throws Exception {
    numbers(10);
    client.run(statement, "SELECT v FROM t", 4);
    int delivered = client.createStatement();
    client.run(delivered, "SELECT 1");
    await(() -> server.connections().openResultCount() == 0, "results are still open");
    assertThat(client.fetch(statement, 4, 4).sqlState()).isEqualTo("26000");
    assertThat(client.end(delivered).sqlState()).isEqualTo("26000");
    assertThat(stored()).isEmpty();
  }

  @Test
  void keepsAResultWhileItsReaderIsSlowButAlive() throws Exception {
    numbers(10);
    client.run(statement, "SELECT v FROM t", 1);
    long end = System.nanoTime() + Duration.ofMillis(2_500).toNanos();
    // The same frame over and over is a request, too.
    while (System.nanoTime() < end) {
      assertThat(client.fetch(statement, 0, 1).rows()).isEqualTo(1);
    }
    assertThat(client.fetch(statement, 1, 1).rows()).isEqualTo(1);
  }

  @Test
  void stopsWithoutMovingWhatWasNotConfirmed() throws SQLException {
    numbers(10);
    assertThat(read(statement)).isEqualTo(10);
    server.close();
    assertThat(stored()).isEmpty();
  }

  @Test
  void doesTheSameRequestOnce() throws SQLException {
    numbers(10, "k_seg_batch '5'");
    ObjectNode run =
        ThinMessages.withSql(client.request("prepareAndExecute"), statement, "SELECT v FROM t");
    ThinMessages.Reply first = client.post(run, "one", "");
    assertThat(client.post(run, "one", "").body()).isEqualTo(first.body());
    client.end(statement);
    assertThat(stored()).isEqualTo("5");
    ObjectNode insert =
        ThinMessages.withSql(
            client.request("prepareAndExecute"),
            statement,
            "INSERT INTO kadb.offsets VALUES (99, 0, 1)");
    ThinMessages.Reply inserted = client.post(insert, "two", "count");
    assertThat(inserted.result().path("updateCount").asInt()).isEqualTo(1);
    assertThat(client.post(insert, "two", "count").body()).isEqualTo(inserted.body());
    assertThat(client.post(insert, "three", "count").sqlState()).isEqualTo("23505");
    // A copy that comes too late for anybody to wait for it.
    sql.update("DELETE FROM kadb.offsets WHERE ftoid = 99");
    assertThat(client.post(insert, "two", "count").sqlState()).isEqualTo("08P01");
    assertThat(sql.rows("SELECT off FROM kadb.offsets WHERE ftoid = 99")).isEmpty();
  }
}
