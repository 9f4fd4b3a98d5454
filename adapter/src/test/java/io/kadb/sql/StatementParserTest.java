package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.catalog.ColumnDefinition;
import io.kadb.error.KadbException;
import io.kadb.sql.Command.OptionChange;
import io.kadb.sql.Command.OptionChange.Action;
import io.kadb.sql.Command.TableChange;
import io.kadb.type.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementParserTest {

  @Nested
  class Servers {
    @Test
    void areCreatedWithTypeVersionAndOptionsInTheirOrder() {
      Command.CreateServer create =
          command(
              Command.CreateServer.class,
              "CREATE SERVER IF NOT EXISTS s TYPE 'kafka' VERSION '4.0'"
                  + " FOREIGN DATA WRAPPER kadb_fdw"
                  + " OPTIONS (k_brokers 'h1:9092,h2:9092', \"#security.protocol\" 'SASL_SSL')");
      assertThat(create.ifNotExists()).isTrue();
      assertThat(create.name()).isEqualTo("s");
      assertThat(create.type()).contains("kafka");
      assertThat(create.version()).contains("4.0");
      assertThat(create.options().entrySet())
          .containsExactly(
              Map.entry("k_brokers", "h1:9092,h2:9092"),
              Map.entry("#security.protocol", "SASL_SSL"));
    }

    @Test
    void needNoMoreThanAName() {
      assertThat(parse("create server s foreign data wrapper kadb_fdw"))
          .isEqualTo(
              new Command.CreateServer(false, "s", Optional.empty(), Optional.empty(), Map.of()));
    }

    @Test
    void haveTheOneWrapperThereIs() {
      KadbException error = failure("CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw");
      assertThat(error.sqlState()).isEqualTo("42704");
      assertThat(error).hasMessageContainingAll("postgres_fdw", "kadb_fdw");
    }

    @Test
    void areAlteredOptionByOption() {
      assertThat(parse("ALTER SERVER s OPTIONS (ADD a '1', SET b '2', DROP c, d '4')"))
          .isEqualTo(
              new Command.AlterServer(
                  "s",
                  List.of(
                      new OptionChange(Action.ADD, "a", Optional.of("1")),
                      new OptionChange(Action.SET, "b", Optional.of("2")),
                      new OptionChange(Action.DROP, "c", Optional.empty()),
                      new OptionChange(Action.ADD, "d", Optional.of("4")))));
    }

    @Test
    void areDropped() {
      assertThat(parse("DROP SERVER s"))
          .isEqualTo(new Command.DropServer(false, List.of("s"), false));
      assertThat(parse("DROP SERVER IF EXISTS s, \"T\" CASCADE"))
          .isEqualTo(new Command.DropServer(true, List.of("s", "T"), true));
      assertThat(parse("DROP SERVER s RESTRICT"))
          .isEqualTo(new Command.DropServer(false, List.of("s"), false));
    }
  }

  @Nested
  class ForeignTables {
    @Test
    void areCreatedWithColumnsAndOptions() {
      Command.CreateForeignTable create =
          command(
              Command.CreateForeignTable.class,
              "CREATE FOREIGN TABLE IF NOT EXISTS sales.t ("
                  + " id bigint NOT NULL,"
                  + " name text NULL DEFAULT 'it''s' OPTIONS (source 'key', path '/a'),"
                  + " amount numeric(10, 2) DEFAULT -1.5 NOT NULL"
                  + ") SERVER s OPTIONS (k_topic 'T')");
      assertThat(create.ifNotExists()).isTrue();
      assertThat(create.name()).isEqualTo(new Command.Name(Optional.of("sales"), "t"));
      assertThat(create.server()).isEqualTo("s");
      assertThat(create.options()).containsExactly(Map.entry("k_topic", "T"));
      assertThat(create.columns())
          .containsExactly(
              column("id", "bigint", true, null, Map.of()),
              column("name", "text", false, "it's", Map.of("source", "key", "path", "/a")),
              column("amount", "numeric(10,2)", true, "-1.5", Map.of()));
    }

    @Test
    void needNeitherColumnsNorOptions() {
      assertThat(parse("CREATE FOREIGN TABLE t () SERVER s"))
          .isEqualTo(
              new Command.CreateForeignTable(
                  false, new Command.Name(Optional.empty(), "t"), List.of(), "s", Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "int2|smallint",
          "INT|integer",
          "int8|bigint",
          "double precision|double precision",
          "float8|double precision",
          "numeric|numeric",
          "decimal(5)|numeric(5)",
          "NUMERIC ( 10 , 2 )|numeric(10,2)",
          "character varying (20)|varchar(20)",
          "bpchar|bpchar",
          "char(3)|character(3)",
          "timestamp(3) without time zone|timestamp(3)",
          "timestamp with time zone|timestamptz",
          "time (6)|time(6)",
          "jsonb|jsonb",
          "oid|oid",
          "money|money",
          "time with time zone|time with time zone",
          "bit varying(5)|bit varying(5)",
          "text[]|text[]",
          "numeric(5,1)[3]|numeric(5,1)[3]",
          "sales.\"Mood\"|sales.\"Mood\"",
          "inet|inet"
        })
    void haveColumnsOfEveryType(String written, String meant) {
      Command.CreateForeignTable create =
          command(
              Command.CreateForeignTable.class,
              "CREATE FOREIGN TABLE t (a " + written + " NOT NULL, b text) SERVER s");
      assertThat(create.columns())
          .containsExactly(
              column("a", meant, true, null, Map.of()), column("b", "text", false, null, Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "DEFAULT 5|5",
          "DEFAULT -5|-5",
          "DEFAULT +5|5",
          "DEFAULT 1.25|1.25",
          "DEFAULT .5|.5",
          "DEFAULT 1e3|1e3",
          "DEFAULT TRUE|TRUE",
          "DEFAULT 'a, b) c'|a, b) c",
          "DEFAULT ''|''",
          "DEFAULT 'x'::character varying(3)|x",
          "DEFAULT '2024-01-01'::date NOT NULL|2024-01-01"
        })
    void takeLiteralsAsDefaults(String written, String text) {
      Command.CreateForeignTable create =
          command(
              Command.CreateForeignTable.class,
              "CREATE FOREIGN TABLE t (a text " + written + ", b int) SERVER s");
      assertThat(create.columns().get(0).defaultText()).contains(text);
      assertThat(create.columns()).hasSize(2);
    }

    @Test
    void takeNullAsTheDefaultThereIsAnyway() {
      Command.CreateForeignTable create =
          command(
              Command.CreateForeignTable.class,
              "CREATE FOREIGN TABLE t (a text DEFAULT NULL, b int DEFAULT NULL::int) SERVER s");
      assertThat(create.columns()).allMatch(column -> column.defaultText().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"current_timestamp", "now()", "- 'x'", "(1)", "b"})
    void refuseDefaultsThatAreNoLiterals(String expression) {
      assertThat(failure("CREATE FOREIGN TABLE t (a text DEFAULT " + expression + ") SERVER s"))
          .hasMessageContaining("literal")
          .extracting(KadbException::sqlState)
          .isEqualTo("0A000");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "int PRIMARY KEY",
          "int UNIQUE",
          "text COLLATE \"C\"",
          "int NOTNULL",
          "int CHECK (a > 0)"
        })
    void refuseWhatOrdinaryTablesMayHave(String column) {
      KadbException error = failure("CREATE FOREIGN TABLE t (a " + column + ") SERVER s");
      assertThat(error.sqlState()).isEqualTo("42601");
      assertThat(error).hasMessageContainingAll("line 1, column 3", "wanted NOT NULL");
    }

    @Test
    void refuseATypeThatIsNoType() {
      assertThat(failure("CREATE FOREIGN TABLE t (a numeric(2000)) SERVER s").sqlState())
          .startsWith("22");
      assertThat(failure("CREATE FOREIGN TABLE t (a NOT NULL) SERVER s").sqlState())
          .isEqualTo("42601");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "value",
          "date",
          "timestamp",
          "time",
          "user",
          "offset",
          "key",
          "partition",
          "year",
          "\"order\"",
          "\"select\"",
          "\"User\"",
          "\"a b\"",
          "\"x\"\"y\""
        })
    void haveColumnsWhoseNamesMeanSomethingToTheEngine(String name) {
      Command.CreateForeignTable create =
          command(
              Command.CreateForeignTable.class,
              "CREATE FOREIGN TABLE t (" + name + " text, other int) SERVER s");
      String meant =
          name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
      assertThat(create.columns())
          .extracting(ColumnDefinition::name)
          .containsExactly(meant, "other");
    }

    @Test
    void areAlteredInSeveralWaysAtOnce() {
      assertThat(
              parse(
                  "ALTER FOREIGN TABLE IF EXISTS sales.t ADD COLUMN a int NOT NULL, ADD b text,"
                      + " DROP COLUMN IF EXISTS c, DROP d, ALTER COLUMN e TYPE bigint,"
                      + " ALTER f SET DATA TYPE numeric(4,1), RENAME TO u,"
                      + " OPTIONS (SET k_topic 'x')"))
          .isEqualTo(
              new Command.AlterForeignTable(
                  true,
                  new Command.Name(Optional.of("sales"), "t"),
                  List.of(
                      new TableChange.AddColumn(column("a", "integer", true, null, Map.of())),
                      new TableChange.AddColumn(column("b", "text", false, null, Map.of())),
                      new TableChange.DropColumn("c", true),
                      new TableChange.DropColumn("d", false),
                      new TableChange.RetypeColumn("e", ColumnType.parse("bigint")),
                      new TableChange.RetypeColumn("f", ColumnType.parse("numeric(4,1)")),
                      new TableChange.Rename("u"),
                      new TableChange.Options(
                          List.of(new OptionChange(Action.SET, "k_topic", Optional.of("x")))))));
    }

    @Test
    void areDropped() {
      assertThat(parse("DROP FOREIGN TABLE IF EXISTS t, sales.\"U\" CASCADE"))
          .isEqualTo(
              new Command.DropForeignTable(
                  true,
                  List.of(
                      new Command.Name(Optional.empty(), "t"),
                      new Command.Name(Optional.of("sales"), "U"))));
    }
  }

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a = b::int|a = (b::int)",
        "a = 't'::regclass::oid AND b = 1|a = (('t'::regclass)::oid) AND b = 1",
        "a + b::int * 2 > 3|a + (b::int) * 2 > 3",
        "NOT a::boolean|NOT (a::boolean)",
        "x.y::text = 'z'|(x.y::text) = 'z'",
        "(a + b)::int = 1|((a + b)::int) = 1",
        "upper(a)::text = b|(upper(a)::text) = b",
        "CASE WHEN a THEN b END::int = 1|((CASE WHEN a THEN b END)::int) = 1",
        "a = 1.5::numeric(10, 2)|a = (1.5::numeric(10, 2))",
        "a = '1'::double precision|a = ('1'::double precision)",
        "a IN (b::int, c::int)|a IN ((b::int), (c::int))",
        "\"A\"::int = 1|(\"A\"::int) = 1"
      })
  void bindsACastMoreTightlyThanAnyOperator(String written, String meant) {
    String select = "SELECT 1 FROM t x WHERE ";
    assertThat(tree(StatementParser.parse(select + written)))
        .isEqualTo(tree(StatementParser.parse(select + meant)))
        .as("without the parentheses the engine would read it otherwise")
        .contains("::");
    assertThat(tree(command(Command.Explain.class, "EXPLAIN " + select + written).statement()))
        .isEqualTo(tree(StatementParser.parse(select + meant)));
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

  private static Command parse(String sql) {
    return command(Command.class, sql);
  }

  private static <T extends Command> T command(Class<T> kind, String sql) {
    SqlNode parsed = StatementParser.parse(sql);
    assertThat(parsed).as(sql).isInstanceOf(CommandNode.class);
    Command command = ((CommandNode) parsed).command();
    assertThat(command).isInstanceOf(kind);
    return kind.cast(command);
  }

  private static KadbException failure(String sql) {
    KadbException error =
        catchThrowableOfType(KadbException.class, () -> StatementParser.parse(sql));
    assertThat(error).as("must fail: " + sql).isNotNull();
    return error;
  }

  private static ColumnDefinition column(
      String name,
      String type,
      boolean notNull,
      @Nullable String defaultText,
      Map<String, String> options) {
    return new ColumnDefinition(
        name, ColumnType.parse(type), notNull, Optional.ofNullable(defaultText), options);
  }
}
