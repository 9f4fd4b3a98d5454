package io.kadb.crash;

import io.kadb.testing.SqlClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;

/**
 * A program that loads foreign table {@code t} into the table {@code target} of the warehouse,
 * batch after batch, until it is killed or told to finish. It warms up, says {@value #READY}, and
 * waits for the word; then it says {@value #BEGUN} before each transaction and {@value #COMMITTED}
 * after its commit.
 */
final class LoadLoop {
  static final String READY = "ready ";
  static final String BEGUN = "(";
  static final String COMMITTED = ")";
  static final String GO = "go";
  static final String FINISH = "finish";

  private static final String INSERT =
      "INSERT INTO pg.public.target SELECT v, _partition, _offset FROM t";

  private static volatile boolean finishing;

  private LoadLoop() {}

  /** Takes the store's URL and how many statements a transaction has: 0 for autocommit. */
  public static void main(String[] arguments) throws Exception {
    int statements = Integer.parseInt(arguments[1]);
    BufferedReader words =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (SqlClient sql = SqlClient.connect(Map.of("store", arguments[0]))) {
      sql.update("SET kadb.scan_mode = 'peek'");
      sql.rows("SELECT v FROM t LIMIT 1");
      sql.update("SET kadb.scan_mode TO DEFAULT");
      sql.connection().setAutoCommit(statements == 0);
      PreparedStatement insert = sql.connection().prepareStatement(INSERT);
      say(READY);
      if (!GO.equals(words.readLine())) {
        return;
      }
      listen(words);
      while (loaded(insert, statements) > 0 || !finishing) {
        Thread.onSpinWait();
      }
    }
  }

  private static void listen(BufferedReader words) {
    Thread listener =
        new Thread(
            () -> {
              try {
                finishing = FINISH.equals(words.readLine());
                if (words.readLine() == null) {
                  Runtime.getRuntime().halt(1);
                }
              } catch (IOException parentGone) {
                Runtime.getRuntime().halt(1);
              }
            });
    listener.setDaemon(true);
    listener.start();
  }

  /** Loads in one transaction; returns whether there was something, or may still be. */
  private static long loaded(PreparedStatement insert, int statements) throws SQLException {
    long rows = finishing ? 0 : 1;
    say(BEGUN);
    try {
      rows += insert.executeUpdate();
      for (int i = 1; i < statements; i++) {
        rows += insert.executeUpdate();
      }
      if (statements > 0) {
        insert.getConnection().commit();
      }
    } catch (SQLException e) {
      // The database may finish a commit of a killed predecessor while this one already runs.
      if (!"40001".equals(e.getSQLState())) {
        throw e;
      }
      if (statements > 0) {
        insert.getConnection().rollback();
      }
      say("!");
      return 1;
    }
    say(COMMITTED);
    return rows;
  }

  private static void say(String text) {
    System.out.print(text);
    System.out.flush();
  }
}
