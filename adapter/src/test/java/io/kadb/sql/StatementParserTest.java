package io.kadb.sql;

import static io.kadb.sql.ParsedStatements.command;
import static io.kadb.sql.ParsedStatements.failure;
import static io.kadb.sql.ParsedStatements.parse;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.error.KadbException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementParserTest {
  @Test
  void readsTheCommandsOfSchemas() {
    assertThat(parse("CREATE SCHEMA IF NOT EXISTS x"))
        .isEqualTo(new Command.CreateSchema(true, "x"));
    assertThat(parse("DROP SCHEMA IF EXISTS x CASCADE"))
        .isEqualTo(new Command.DropSchema(true, "x", true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET kadb.scan_mode = 'snapshot'",
        "SET kadb.scan_mode TO 'snapshot'",
        "SET SESSION kadb.scan_mode TO snapshot",
        "set Kadb.Scan_Mode = Snapshot"
      })
  void readsSettings(String sql) {
    assertThat(parse(sql))
        .isEqualTo(new Command.SetParameter("kadb.scan_mode", Optional.of("snapshot")));
  }

  @Test
  void readsWhatResetsAndShowsSettings() {
    Command reset = new Command.SetParameter("search_path", Optional.empty());
    assertThat(parse("SET search_path TO DEFAULT")).isEqualTo(reset);
    assertThat(parse("RESET search_path")).isEqualTo(reset);
    assertThat(parse("SHOW kadb.scan_mode")).isEqualTo(new Command.ShowParameter("kadb.scan_mode"));
  }

  @Test
  void readsTheCommandsOfTransactions() {
    for (String begin : List.of("BEGIN", "BEGIN TRANSACTION", "START TRANSACTION", "begin work")) {
      assertThat(parse(begin)).isEqualTo(new Command.Begin());
    }
    for (String commit : List.of("COMMIT", "COMMIT WORK", "END", "END TRANSACTION")) {
      assertThat(parse(commit)).isEqualTo(new Command.Commit());
    }
    for (String rollback : List.of("ROLLBACK", "ABORT", "ROLLBACK TRANSACTION")) {
      assertThat(parse(rollback)).isEqualTo(new Command.Rollback(Optional.empty()));
    }
    assertThat(parse("SAVEPOINT a")).isEqualTo(new Command.Savepoint("a"));
    assertThat(parse("ROLLBACK TO SAVEPOINT a")).isEqualTo(new Command.Rollback(Optional.of("a")));
    assertThat(parse("ROLLBACK TO \"A\"")).isEqualTo(new Command.Rollback(Optional.of("A")));
    assertThat(parse("RELEASE SAVEPOINT a")).isEqualTo(new Command.Release("a"));
    assertThat(parse("RELEASE a")).isEqualTo(new Command.Release("a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EXPLAIN SELECT 1|SELECT",
        "explain plan for select 1|SELECT",
        "EXPLAIN VERBOSE VALUES 1|VALUES",
        "EXPLAIN SELECT 1 ORDER BY 1|ORDER_BY",
        "EXPLAIN UPDATE kadb.offsets SET off = 0|UPDATE",
        "EXPLAIN INSERT INTO pg.public.t SELECT 1;|INSERT"
      })
  void readsWhatExplainIsAskedFor(String sql, SqlKind kind) {
    assertThat(command(Command.Explain.class, sql).statement().getKind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw OPTIONS (\"#sasl.password\" \"geheim\")",
        "CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw OPTIONS (\"#sasl.password\" geheim)",
        "CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw OPTIONS (\"#sasl.password\" 'a' 'geheim')",
        "CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw OPTIONS (\"#sasl.password\" 'pa'geheim')",
        "CREATE SERVER s FOREIGN DATA WRAPPER 'geheim'",
        "CREATE SERVER s FOREIGN DATA WRAPPER U&'geheim'",
        "CREATE SERVER s FOREIGN DATA WRAPPER E'geheim'",
        "CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw OPTIONS (\"#sasl.password\" 'geheim' #)",
        "ALTER SERVER s OPTIONS (SET \"#sasl.password\" geheim)",
        "CREATE SERVER s OPTIONS (\"#sasl.password\" 'geheim') 'geheim'"
      })
  void neverShowsWhatMayBeASecret(String sql) {
    KadbException failure = failure(sql);
    assertThat(failure.sqlState()).isEqualTo("42601");
    assertThat(failure).hasMessageNotContaining("geheim");
    for (Throwable t = failure.getCause(); t != null; t = t.getCause()) {
      assertThat(t).hasMessageNotContaining("geheim");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EXPLAIN ANALYZE SELECT 1", "EXPLAIN (COSTS OFF) SELECT 1"})
  void refusesOptionsOfExplain(String sql) {
    assertThat(failure(sql).sqlState()).isEqualTo("0A000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "SELECT 1;",
        "  select 1 -- a comment",
        "/* a comment */ SELECT 1 ;",
        "VALUES (1)",
        "WITH x AS (SELECT 1) SELECT * FROM x"
      })
  void leavesQueriesToTheEngine(String sql) {
    assertThat(StatementParser.parse(sql)).isNotInstanceOf(CommandNode.class);
  }

  @Test
  void bindsACastMoreTightlyThanAnyOperatorBehindExplainAndCallToo() {
    Command.Explain explain =
        command(Command.Explain.class, "EXPLAIN SELECT 1 FROM t WHERE a = '1'::oid AND b > c::int");
    assertThat(tree(explain.statement()))
        .contains("AND[=[a, ::['1', `oid`]], >[b, ::[c, INTEGER]]]");
    assertThat(tree(StatementParser.parse("CALL kadb.f('t'::regclass::oid, 1 + '2'::int)")))
        .contains("+[1, ::['2', INTEGER]]");
  }

  /** Writes an expression with the operator of each call before its operands. */
  private static String tree(@Nullable SqlNode node) {
    if (node instanceof SqlCall call && !(node instanceof SqlDataTypeSpec)) {
      List<String> operands = new ArrayList<>();
      call.getOperandList().forEach(operand -> operands.add(tree(operand)));
      return call.getOperator().getName() + operands;
    }
    return String.valueOf(node);
  }

  @Test
  void takesOneSemicolonAtTheEnd() {
    assertThat(parse("COMMIT;")).isEqualTo(new Command.Commit());
    assertThat(parse("DROP SERVER s ; ")).isInstanceOf(Command.DropServer.class);
    assertThat(failure("COMMIT;;").sqlState()).isEqualTo("42601");
    assertThat(failure("SELECT 1; SELECT 2"))
        .hasMessageContaining("line 1, column 11")
        .hasMessageContaining("the end of the statement");
  }

  @Test
  void foldsNamesUnlessTheyAreQuoted() {
    assertThat(parse("DROP FOREIGN TABLE Sales.\"Orders\""))
        .isEqualTo(
            new Command.DropForeignTable(
                false, List.of(new Command.Name(Optional.of("sales"), "Orders"))));
    assertThat(parse("DROP SERVER \"a\"\"b.c\""))
        .isEqualTo(new Command.DropServer(false, List.of("a\"b.c"), false));
    assertThat(parse("DROP SERVER Заказы"))
        .isEqualTo(new Command.DropServer(false, List.of("заказы"), false));
  }

  @Test
  void keepsOptionNamesInDoubleQuotesAsTheyAre() {
    Command.CreateServer create =
        command(
            Command.CreateServer.class,
            "CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw"
                + " OPTIONS (K_Brokers 'A', \"#Sasl.Password\" 'it''s; --no comment')");
    assertThat(create.options().entrySet())
        .containsExactly(
            Map.entry("k_brokers", "A"), Map.entry("#Sasl.Password", "it's; --no comment"));
  }

  @Test
  void takesNamesOfTheLengthOfTopics() {
    String topic = "t".repeat(249);
    SqlNode query = StatementParser.parse("SELECT * FROM \"" + topic + "\"");
    assertThat(query.toString()).contains(topic);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE SERVER|line 1, column 13",
        "CREATE SERVER s FOREIGN WRAPPER kadb_fdw|line 1, column 25",
        "CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw OPTIONS (a b)|line 1, column 58",
        "CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw OPTIONS ()|line 1, column 56",
        "CREATE FOREIGN TABLE t (a int SERVER s|line 1, column 31",
        "CREATE FOREIGN TABLE t (a int) OPTIONS (x 'y')|line 1, column 32",
        "CREATE FOREIGN TABLE t (a int DEFAULT|line 1, column 37",
        "CREATE FOREIGN TABLE t (a int, ) SERVER s|line 1, column 32",
        "CREATE FOREIGN TABLE \"\" (a int) SERVER s|line 1, column",
        "ALTER FOREIGN TABLE t FROBNICATE|line 1, column 23",
        "ALTER FOREIGN TABLE t OPTIONS (SET a)|line 1, column 37",
        "DROP SERVER 5|line 1, column 13",
        "SET x 5|line 1, column 7",
        "SELEC 1|line 1, column 1",
        "SELECT FROM WHERE|line 1, column",
        "SELECT 'open|line 1, column 8",
        "EXPLAIN|line 1, column",
        "''|line"
      })
  void saysWhereAStatementGoesWrong(String sql, String place) {
    KadbException error = failure(sql);
    assertThat(error.sqlState()).isEqualTo("42601");
    assertThat(error).hasMessageContaining(place).hasMessageNotContaining("\n");
  }

  @Test
  void countsLines() {
    assertThat(failure("CREATE SERVER s\n  FOREIGN DATA\n  WRAPER kadb_fdw"))
        .hasMessage("syntax error at line 3, column 3: found \"WRAPER\", wanted WRAPPER");
  }

  @Test
  void refusesAnOptionGivenTwice() {
    KadbException error =
        failure("CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw OPTIONS (a '1', a '2')");
    assertThat(error.sqlState()).isEqualTo("42710");
    assertThat(error).hasMessageContaining("\"a\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '$',
      value = {
        "\\d|line 1, column 1: found \"\\\"",
        "SELECT `a`|line 1, column 8: found \"`\"",
        "SELECT 1 # 2|line 1, column 10: found \"#\"",
        "SELECT¶ @x|line 2, column 2: found \"@\"",
        "CREATE SERVER s # x|line 1, column 17: found \"#\"",
        "SELECT /* open|found the end of the statement"
      })
  void saysWhereASignStandsThatMeansNothing(String sql, String what) {
    KadbException error = failure(sql.replace('¶', '\n'));
    assertThat(error.sqlState()).isEqualTo("42601");
    assertThat(error).hasMessageContaining(what);
  }

  @Test
  void passesOverAByteOrderMark() {
    assertThat(parse("\uFEFFCOMMIT")).isEqualTo(new Command.Commit());
    assertThat(failure("\uFEFFSELEC 1")).hasMessageContaining("line 1, column 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM c1 WHERE|line 1, column 22",
        "SELECT * FROM c1 WHERE id =|line 1, column 27",
        "SELECT * FROM ;|line 1, column 13",
        "SELECT|line 1, column 6",
        "SELECT id,|line 1, column 10",
        "SELECT (1|line 1, column 9",
        "SELECT 1¶FROM c1¶WHERE|line 3, column 5",
        "SELECT CASE WHEN a THEN|line 1, column 23",
        "INSERT INTO kadb.offsets|line 1, column 24",
        "DROP FOREIGN TABLE|line 1, column 18"
      })
  void saysThatAStatementEndsTooEarly(String sql, String place) {
    assertThat(failure(sql.replace('¶', '\n')))
        .hasMessageStartingWith("syntax error at " + place + ": found the end of the statement");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT * FROM c1 WHERE a b c", "SELECT 1; SELECT 2", "SELEC * FROM"})
  void blamesTheWordThatIsWrongInOthers(String sql) {
    assertThat(failure(sql)).hasMessageNotContaining("found the end");
  }

  @Test
  void readsTextsWithEscapes() {
    Command.CreateServer create =
        command(
            Command.CreateServer.class,
            "CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw"
                + " OPTIONS (csv_delimeter E'\\t', csv_null e'it''s \\\\ \\u0041')");
    assertThat(create.options()).isEqualTo(Map.of("csv_delimeter", "\t", "csv_null", "it's \\ A"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE FOREIGN TABLE t (order int) SERVER s",
        "CREATE FOREIGN TABLE t (a int, User text) SERVER s",
        "CREATE FOREIGN TABLE table (a int) SERVER s",
        "CREATE SERVER user FOREIGN DATA WRAPPER kadb_fdw",
        "CREATE SCHEMA select",
        "ALTER FOREIGN TABLE t RENAME a TO offset"
      })
  void refusesReservedWordsAsNames(String sql) {
    KadbException error = failure(sql);
    assertThat(error.sqlState()).isEqualTo("42601");
    assertThat(error)
        .hasMessageContaining("line 1, column")
        .hasMessageContaining("a reserved word: a name like this needs double quotes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE FOREIGN TABLE t (\"order\" int, \"user\" int, date int, row int) SERVER s",
        "CREATE FOREIGN TABLE x.group (a int) SERVER s",
        "CREATE FOREIGN TABLE \"table\" (snapshot int, value int, year int) SERVER s"
      })
  void takesOtherWordsAndThoseInQuotes(String sql) {
    command(Command.CreateForeignTable.class, sql);
  }
}
