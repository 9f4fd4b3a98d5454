package io.kadb.sql;

import static io.kadb.sql.ParsedStatements.column;
import static io.kadb.sql.ParsedStatements.command;
import static io.kadb.sql.ParsedStatements.failure;
import static io.kadb.sql.ParsedStatements.parse;
import static org.assertj.core.api.Assertions.assertThat;

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
}
