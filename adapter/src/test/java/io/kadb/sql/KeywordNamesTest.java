package io.kadb.sql;

import static io.kadb.sql.ParsedStatements.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.error.KadbException;
import java.time.Duration;
import org.apache.calcite.sql.SqlNode;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words that are names in PostgreSQL, although the engine's parser has another use for them. */
class KeywordNamesTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT id FROM snapshot; SELECT `id` FROM `snapshot`",
        "SELECT date, row FROM t; SELECT `date`, `row` FROM `t`",
        "SELECT t.update, Range AS rows FROM partition t ORDER BY rows DESC;"
            + " SELECT `t`.`update`, `range` AS `rows` FROM `partition` AS `t` ORDER BY `rows` DESC",
        "SELECT date::text FROM t; SELECT (`date` :: `text`) FROM `t`",
        "SELECT max(time) FROM t WHERE timestamp IS NULL;"
            + " SELECT MAX(`time`) FROM `t` WHERE `timestamp` IS NULL",
        "SELECT a snapshot FROM t; SELECT `a` AS `snapshot` FROM `t`",
        "UPDATE kadb.offsets SET off = 1 WHERE row = 1;"
            + " UPDATE `kadb`.`offsets` SET `off` = 1 WHERE `row` = 1",
        "INSERT INTO pg.public.t (date, row) SELECT date, row FROM t;"
            + " INSERT INTO `pg`.`public`.`t` (`date`, `row`) SELECT `date`, `row` FROM `t`",
        "SELECT count(date) FILTER (WHERE row > 1) FROM t JOIN snapshot ON set = over;"
            + " SELECT COUNT(`date`) FILTER (WHERE `row` > 1) FROM `t`"
            + " INNER JOIN `snapshot` ON `set` = `over`",
      })
  void areNames(String sql, String parsed) {
    assertThat(shown(sql)).isEqualTo(parsed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT date '2020-01-01'; SELECT DATE '2020-01-01'",
        "SELECT row(1, 2); SELECT ROW(1, 2)",
        "SELECT timestamp '2020-01-01 00:00:00' AS timestamp;"
            + " SELECT TIMESTAMP '2020-01-01 00:00:00' AS `timestamp`",
        "SELECT sum(v) OVER (PARTITION BY a ROWS UNBOUNDED PRECEDING) AS over FROM t;"
            + " SELECT SUM(`v`) OVER (PARTITION BY `a` ROWS UNBOUNDED PRECEDING) AS `over`"
            + " FROM `t`",
      })
  void keepTheirOtherUse(String sql, String parsed) {
    assertThat(shown(sql)).isEqualTo(parsed);
  }

  private static String shown(String sql) {
    SqlNode node = StatementParser.parse(sql);
    return node.toString().replaceAll("\\s+", " ");
  }

  @ParameterizedTest
  @CsvSource({
    "SELECT order FROM t, order",
    "SELECT v FROM order, order",
    "'SELECT v, group FROM t', group"
  })
  void needQuotesWhereTheyAreReserved(String sql, String word) {
    assertThat(failure(sql))
        .hasMessageContaining("syntax error")
        .extracting(e -> e.toString())
        .asString()
        .contains(word + " is a reserved word", "double quotes");
  }

  @Test
  void areFoundTogetherHoweverOftenTheyStand() {
    String sql =
        "SELECT "
            + "date, t.row, max(time), ".repeat(1000)
            + "date '2020-01-01', extract(year from date), year FROM t WHERE row = 1 OR "
            + "row = 2 OR ".repeat(1000)
            + "row IS NULL GROUP BY date";
    String shown = Assertions.assertTimeoutPreemptively(SOON, () -> shown(sql));
    assertThat(shown)
        .contains("`date`, `t`.`row`, MAX(`time`), DATE '2020-01-01', EXTRACT(YEAR FROM `date`)");
  }

  @Test
  void areLookedForOnlySoLong() {
    String sql = "SELECT " + "date snapshot, ".repeat(5000) + "1 FROM t";
    KadbException failure = Assertions.assertTimeoutPreemptively(SOON, () -> failure(sql));
    assertThat(failure).hasMessageContaining("syntax error");
    assertThat(failure.toString()).contains("too many names", "double quotes");
    assertThat(shown("SELECT " + "date snapshot, ".repeat(40) + "1 FROM t"))
        .contains("`date` AS `snapshot`, 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SELECT v FROM t WHER v = date", "SELECT date( FROM t", "SELECT row FROM t t2 t3"})
  void doNotHideWhereAStatementIsWrong(String sql) {
    assertThat(failure(sql)).hasMessageContaining("syntax error").hasMessageContaining("column ");
  }
}
