package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.sql.TableFixture.StoreForm;
import io.kadb.testing.ChildJvm;
import io.kadb.testing.PostgresTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who wins when two define the same at the same moment, on both stores. */
@PostgresTest
@ParameterizedClass
@EnumSource(StoreForm.class)
@Timeout(120)
class RacingDefinitionsIT {
  private static final int ROUNDS = 15;

  /** How long both need at most to hear of a round. */
  private static final int NOTICE_MILLIS = 30;

  @Parameter StoreForm form;

  @TempDir private Path home;
  private Map<String, String> store;
  private SqlClient sql;
  private int number;

  @BeforeEach
  void connect(TestPostgres postgres) throws SQLException {
    store =
        form == StoreForm.SQLITE
            ? Map.of("kadb.home", home.toString())
            : Map.of("store", postgres.jdbcUrl());
    sql = SqlClient.connect(store);
    sql.update("DROP SCHEMA IF EXISTS races CASCADE");
    sql.update("CREATE SCHEMA races");
    sql.update("DROP SERVER IF EXISTS race_server CASCADE");
    sql.update("CREATE SERVER race_server FOREIGN DATA WRAPPER kadb_fdw");
  }

  @AfterEach
  void close() throws SQLException {
    sql.update("DROP SERVER race_server CASCADE");
    for (int round = 0; round < ROUNDS; round++) {
      sql.update("DROP SCHEMA IF EXISTS race_" + round);
      sql.update("DROP SERVER IF EXISTS race_" + round);
    }
    sql.close();
  }

  private ChildJvm child() {
    Map.Entry<String, String> property = store.entrySet().iterator().next();
    return ChildJvm.start(
        home, DefiningProcess.class, List.of("-Xmx128m"), property.getKey(), property.getValue());
  }

  private static String table(String how, String name, String column) {
    return "CREATE FOREIGN TABLE " + how + name + " (" + column + " int) SERVER race_server";
  }

  @Test
  void oneOfTwoProcessesWinsAndTheOtherKnows() {
    try (ChildJvm a = child();
        ChildJvm b = child()) {
      a.awaitOutput(DefiningProcess.READY, 1);
      b.awaitOutput(DefiningProcess.READY, 1);
      for (int round = 0; round < ROUNDS; round++) {
        String table = "races.t" + round;
        List<String> tables = race(a, b, table("", table, "a"), table("", table, "b"));
        assertThat(tables).containsExactlyInAnyOrder("won", "42P07");
        String winner = tables.get(0).equals("won") ? "a" : "b";
        String see = "SELECT columns FROM kadb.foreign_tables WHERE table_name = 't" + round + "'";
        for (String seen : race(a, b, see, see)) {
          assertThat(seen).contains("\"name\":\"" + winner + "\"");
        }
        String other = "races.i" + round;
        assertThat(
                race(
                    a, b, table("IF NOT EXISTS ", other, "a"), table("IF NOT EXISTS ", other, "b")))
            .containsExactlyInAnyOrder("won", "notice");
        String server = "CREATE SERVER race_" + round + " FOREIGN DATA WRAPPER kadb_fdw";
        assertThat(race(a, b, server, server)).containsExactlyInAnyOrder("won", "42710");
        String schema = "CREATE SCHEMA race_" + round;
        assertThat(race(a, b, schema, schema)).containsExactlyInAnyOrder("won", "42P06");
      }
    }
  }

  /** Returns what became of a statement of each at the same moment. */
  private List<String> race(ChildJvm a, ChildJvm b, String ofA, String ofB) {
    number++;
    long moment = System.currentTimeMillis() + NOTICE_MILLIS;
    a.say(moment + " #" + number + " " + ofA);
    b.say(moment + " #" + number + " " + ofB);
    return List.of(outcome(a), outcome(b));
  }

  private String outcome(ChildJvm child) {
    Pattern said = Pattern.compile("^#" + number + " (.*)\\.$", Pattern.MULTILINE);
    child.awaitOutput("#" + number + " ", 1);
    Matcher matcher = said.matcher(child.output());
    while (!matcher.find()) {
      assertThat(child.endsWithin(java.time.Duration.ofMillis(1))).as(child.output()).isFalse();
      matcher = said.matcher(child.output());
    }
    return matcher.group(1);
  }

  @Test
  void oneOfTwoConnectionsOfOneProcessWinsAndTheOtherKnows() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (SqlClient other = SqlClient.connect(store)) {
      for (int round = 0; round < ROUNDS; round++) {
        CyclicBarrier start = new CyclicBarrier(2);
        String error = table("", "races.c" + round, "a");
        String notice = table("IF NOT EXISTS ", "races.d" + round, "a");
        Future<List<String>> background =
            threads.submit(() -> List.of(at(start, other, error), at(start, other, notice)));
        String first = at(start, sql, error);
        String second = at(start, sql, notice);
        List<String> others = background.get(30, TimeUnit.SECONDS);
        assertThat(List.of(first, others.get(0))).containsExactlyInAnyOrder("won", "42P07");
        assertThat(List.of(second, others.get(1))).containsExactlyInAnyOrder("won", "notice");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static String at(CyclicBarrier start, SqlClient client, String statement)
      throws Exception {
    start.await(30, TimeUnit.SECONDS);
    return DefiningProcess.outcome(client, statement);
  }
}
