package io.kadb.sql;

import static io.kadb.sql.ParsedStatements.column;
import static io.kadb.sql.ParsedStatements.command;
import static io.kadb.sql.ParsedStatements.failure;
import static io.kadb.sql.ParsedStatements.parse;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.catalog.ColumnDefault;
import io.kadb.catalog.ColumnDefinition;
import io.kadb.error.KadbException;
import io.kadb.sql.Command.OptionChange;
import io.kadb.sql.Command.OptionChange.Action;
import io.kadb.sql.Command.TableChange;
import io.kadb.type.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionParserTest {
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
              column("name", "text", false, "'it''s'", Map.of("source", "key", "path", "/a")),
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
    @ValueSource(
        strings = {
          "5",
          "- 5.1e3",
          "'a, b) c'",
          "''",
          "'it''s'::character varying(3)",
          "now()",
          "1 + 1",
          "('a' || 'b')::text",
          "coalesce(NULL, 1, (2))",
          "CASE WHEN 1 IS NOT NULL THEN NULL ELSE 2 END",
          "NULL IS NULL",
          "ARRAY[1, 2]",
          "1 -- one, more\n + /* ) */ 1",
          "\"upper\"('x')",
          "5::int"
        })
    void keepTheTextOfADefaultUpToWhatFollowsIt(String expression) {
      for (String after : List.of("", " NOT NULL", " NULL", " OPTIONS (path '/a')", "\r\n ")) {
        Command.CreateForeignTable create =
            command(
                Command.CreateForeignTable.class,
                "CREATE FOREIGN TABLE t\n (a text DEFAULT "
                    + expression
                    + after
                    + ", b int) SERVER s");
        assertThat(create.columns().get(0).defaultValue())
            .as(after)
            .contains(new ColumnDefault.Expression(expression));
        assertThat(create.columns().get(0).notNull()).isEqualTo(after.equals(" NOT NULL"));
        assertThat(create.columns()).hasSize(2);
      }
      assertThat(
              parse("ALTER FOREIGN TABLE t ALTER a SET DEFAULT " + expression + ", DROP COLUMN b;"))
          .isEqualTo(
              new Command.AlterForeignTable(
                  false,
                  new Command.Name(Optional.empty(), "t"),
                  List.of(
                      new TableChange.SetDefault(
                          "a", Optional.of(new ColumnDefault.Expression(expression))),
                      new TableChange.DropColumn("b", false))));
    }

    @Test
    void takeNullAsTheDefaultThereIsAnyway() {
      Command.CreateForeignTable create =
          command(
              Command.CreateForeignTable.class,
              "CREATE FOREIGN TABLE t (a text DEFAULT NULL, b int DEFAULT NULL::int NOT NULL) SERVER"
                  + " s");
      assertThat(create.columns()).allMatch(column -> column.defaultValue().isEmpty());
      assertThat(create.columns().get(1).notNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "|found \",\"",
          "1 +|line 2, column",
          "1 2|line 2, column 18",
          "NOT NULL|line 2, column 16: found \"NOT\"",
          "(1|line 2, column 22"
        })
    void sayWhereADefaultIsNoExpression(String expression, String place) {
      KadbException error =
          failure(
              "CREATE FOREIGN TABLE t (\na text DEFAULT "
                  + (expression == null ? "" : expression)
                  + ", b int) SERVER s");
      assertThat(error.sqlState()).isEqualTo("42601");
      assertThat(error).hasMessageContaining(place);
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
          "\"user\"",
          "\"offset\"",
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
                      + " ALTER g SET NOT NULL, ALTER COLUMN g DROP NOT NULL, ALTER h DROP DEFAULT,"
                      + " RENAME COLUMN i TO j, ALTER k OPTIONS (ADD path '/a'),"
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
                      new TableChange.SetNotNull("g", true),
                      new TableChange.SetNotNull("g", false),
                      new TableChange.SetDefault("h", Optional.empty()),
                      new TableChange.RenameColumn("i", "j"),
                      new TableChange.ColumnOptions(
                          "k", List.of(new OptionChange(Action.ADD, "path", Optional.of("/a")))),
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
}
