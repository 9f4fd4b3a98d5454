package io.kadb.sql;

import static io.kadb.sql.TableFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.store.StoreLocation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which queries are planned once for many runs. */
class KnownQueriesTest extends EmbeddedFixture {
  private static boolean lasts(String query, String schema) {
    return KnownQueries.lasts(query, StatementParser.parse(query), schema);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t",
        "SELECT * FROM sales.t WHERE id = ?",
        "SELECT count(*) FROM kadb.offsets",
        "SELECT pg FROM t AS x",
        "VALUES 1"
      })
  void keepsQueriesOfForeignTablesAndViews(String query) {
    assertThat(lasts(query, "public")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM pg.names",
        "SELECT * FROM PG.public.names",
        "SELECT * FROM t WHERE id IN (SELECT id FROM pg.public.names)",
        "SELECT * FROM t WHERE EXISTS (SELECT 1 FROM pg.names n WHERE n.id = t.id)",
        "WITH n AS (SELECT * FROM pg.names) SELECT * FROM t, n WHERE 1 = 0",
        "SELECT * FROM t UNION ALL (SELECT * FROM pg.names ORDER BY 1 LIMIT 1)",
        "SELECT * FROM topics.t"
      })
  void keepsNoneOfTablesThatMayChangeUnnoticed(String query) {
    assertThat(lasts(query, "public")).isFalse();
  }

  /** A seed begins the same numbers in every statement. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT rand(5), rand_integer(5, 1000) FROM (VALUES (1), (2)) AS v (n)",
        "SELECT * FROM (VALUES (1), (2)) AS v (n) ORDER BY rand(5), n",
        "SELECT rand_integer(n, 1000) FROM (VALUES (1), (2)) AS v (n)"
      })
  void seededNumbersBeginAnewEachTime(String query) throws SQLException {
    List<String> first = sql.rows(query);
    assertThat(sql.rows(query)).isEqualTo(first);
    assertThat(sql.rows(query)).isEqualTo(first);
  }

  @Test
  void keepsNoneWhereNamesMayMeanOthersTables() {
    assertThat(lasts("SELECT * FROM t", "pg")).isFalse();
    assertThat(lasts("SELECT * FROM public.t", "topics")).isFalse();
    assertThat(lasts("SELECT " + "1 + ".repeat(2_000) + "1", "public")).isFalse();
  }

  @Test
  void plansAgainWhatWasPlannedForOtherDefinitionsOrAnotherSchema() throws SQLException {
    server("s");
    table("t", "s");
    sql.update("CREATE SCHEMA sales");
    sql.update("CREATE FOREIGN TABLE sales.t (amount numeric) SERVER s");
    for (int times = 0; times < 2; times++) {
      assertThat(columns(sql, "t")).containsExactly("id integer", "name text");
      sql.connection().setSchema("sales");
      assertThat(columns(sql, "t")).containsExactly("amount numeric");
      sql.connection().setSchema("public");
    }
    connect().update("ALTER FOREIGN TABLE t DROP COLUMN name");
    assertThat(columns(sql, "t")).containsExactly("id integer");
    connect().update("DROP FOREIGN TABLE t");
    refused("42P01", () -> columns(sql, "t"));
  }

  @Test
  void forgetsWhatWasPlannedInATransactionThatWasUndone() throws SQLException {
    server("s");
    table("t", "s");
    sql.connection().setAutoCommit(false);
    sql.update("ALTER FOREIGN TABLE t ADD COLUMN c int");
    assertThat(columns(sql, "t")).hasSize(3);
    sql.connection().rollback();
    assertThat(columns(sql, "t")).hasSize(2);
    sql.update("ALTER FOREIGN TABLE t DROP COLUMN name");
    assertThat(columns(sql, "t")).containsExactly("id integer");
    sql.connection().rollback();
  }

  @Test
  void givesEachOpenResultOfOneTextItsOwnRows() throws SQLException {
    String query = "SELECT n * 10 FROM (VALUES (1), (2), (3)) AS v (n) ORDER BY n";
    try (Statement one = sql.connection().createStatement();
        Statement other = sql.connection().createStatement();
        ResultSet first = one.executeQuery(query);
        ResultSet second = other.executeQuery(query)) {
      for (int row = 1; row <= 3; row++) {
        assertThat(first.next()).isTrue();
        assertThat(first.getInt(1)).isEqualTo(row * 10);
        if (row > 1) {
          assertThat(second.next()).isTrue();
          assertThat(second.getInt(1)).isEqualTo(row * 10 - 10);
        }
      }
      assertThat(first.next()).isFalse();
      assertThat(second.next()).isTrue();
      assertThat(second.getInt(1)).isEqualTo(30);
    }
  }

  private Session session() {
    return Session.open(
        new SessionConfig(
            StoreLocation.of("jdbc:sqlite:" + store().get("kadb.home") + "/other.db"),
            "public",
            Optional.empty(),
            false,
            Optional.empty(),
            Map.of()));
  }

  @Test
  void forgetsTheQueryThatWasNotUsedForLongest() throws SQLException {
    try (Session session = session()) {
      Prepared first = session.prepare("VALUES 0");
      for (int i = 1; i < 16; i++) {
        session.prepare("VALUES " + i);
        assertThat(session.prepare("VALUES 0")).as("still known").isSameAs(first);
      }
      Prepared second = session.prepare("VALUES 1");
      session.prepare("VALUES 16");
      assertThat(session.prepare("VALUES 1")).isSameAs(second);
      for (int i = 100; i < 116; i++) {
        session.prepare("VALUES " + i);
      }
      assertThat(session.prepare("VALUES 0")).isNotSameAs(first);
    }
  }
}
