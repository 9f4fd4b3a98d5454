package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.SqlClient;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Warnings of options that nobody knows, or that have another name by now, come again and again.
 */
class OptionWarningsTest extends EmbeddedFixture {
  /** Those of the table first, each in the order of its definition. */
  private static final List<String> ALL =
      List.of(
          "01000 unknown option of column id zz_c is ignored",
          "01000 unknown table option zz_b is ignored",
          "01000 table option k_allow_offset_increase is deprecated, use k_automatic_offsets",
          "01000 unknown table option zz_a is ignored",
          "01000 unknown server option zz_y is ignored",
          "01000 unknown server option k_topik is ignored, did you mean k_topic?",
          "01000 unknown server option zz_x is ignored");

  @BeforeEach
  void define() throws SQLException {
    sql.update(
        "CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw OPTIONS (zz_y '1', k_topik 'x', k_brokers '"
            + NOBODY
            + "', k_consumer_group 'g', k_seg_batch '1', k_timeout_ms '1', format 'csv')");
    sql.update("ALTER SERVER s OPTIONS (ADD zz_x '2')");
    sql.update(
        "CREATE FOREIGN TABLE t (id int OPTIONS (zz_c '1'), name text) SERVER s OPTIONS"
            + " (zz_b '1', k_topic 'x', k_allow_offset_increase 'true', zz_a '2')");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM t WHERE _partition < 0",
        "SELECT count(*) FROM t WHERE _partition < 0",
        "SELECT * FROM kadb.load_offsets_latest('t')",
        "SELECT kadb.offsets_to_earliest('t')",
        "CALL kadb.commit_offsets('t')"
      })
  void comeWithEveryStatementThatUsesTheTable(String statement) throws SQLException {
    for (int run = 0; run < 2; run++) {
      sql.rows(statement);

      assertThat(sql.warnings()).containsExactlyElementsOf(ALL);
    }
  }

  @Test
  void comeOnceForATableThatAStatementNamesTwice() throws SQLException {
    sql.rows(
        "SELECT kadb.commit_offsets('t'), kadb.partitions_clean('public.t') FROM"
            + " kadb.load_offsets_latest('t') RIGHT JOIN (VALUES (1)) AS v (n) ON TRUE");

    assertThat(sql.warnings()).containsExactlyElementsOf(ALL);
  }

  @Test
  void comeOnTheStatementAndOnItsResult() throws SQLException {
    try (Statement statement = sql.connection().createStatement();
        ResultSet result = statement.executeQuery("SELECT id FROM t WHERE _partition < 0")) {
      assertThat(texts(result.getWarnings())).isEqualTo(ALL);
      assertThat(texts(statement.getWarnings())).isEqualTo(ALL);
    }
  }

  @Test
  void comeWithStatementsThatWrite() throws SQLException {
    sql.update("INSERT INTO kadb.offsets SELECT * FROM kadb.load_offsets_latest('t')");
    assertThat(sql.warnings()).containsExactlyElementsOf(ALL);

    sql.update(
        "DELETE FROM kadb.offsets WHERE prt IN (SELECT _partition FROM t WHERE _partition < 0)");
    assertThat(sql.warnings()).containsExactlyElementsOf(ALL);
  }

  @Test
  void doNotComeWithAnExplanation() throws SQLException {
    sql.rows("EXPLAIN SELECT id FROM t");

    assertThat(sql.warnings()).isEmpty();
  }

  @Test
  void doNotComeOnceTheOptionsAreGone() throws SQLException {
    sql.update("ALTER FOREIGN TABLE t OPTIONS (DROP zz_a, DROP zz_b)");
    sql.update("ALTER SERVER s OPTIONS (DROP zz_x, DROP zz_y, DROP k_topik)");
    SqlClient other = connect();

    other.rows("SELECT id FROM t WHERE _partition < 0");

    assertThat(other.warnings()).containsExactly(ALL.get(0), ALL.get(2));
  }

  private static List<String> texts(SQLWarning first) {
    List<String> texts = new ArrayList<>();
    for (SQLWarning w = first; w != null; w = w.getNextWarning()) {
      texts.add(w.getSQLState() + " " + w.getMessage());
    }
    return texts;
  }
}
