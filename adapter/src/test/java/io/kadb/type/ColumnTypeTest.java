package io.kadb.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.error.KadbException;
import java.util.OptionalInt;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          smallint                       | SMALLINT    | smallint
          int2                           | SMALLINT    | smallint
          INTEGER                        | INTEGER     | integer
          int                            | INTEGER     | integer
          Int4                           | INTEGER     | integer
          pg_catalog.int4                | INTEGER     | integer
          bigint                         | BIGINT      | bigint
          int8                           | BIGINT      | bigint
          real                           | REAL        | real
          float4                         | REAL        | real
          float(24)                      | REAL        | real
          float(25)                      | DOUBLE      | double precision
          float                          | DOUBLE      | double precision
          double precision               | DOUBLE      | double precision
          DOUBLE    PRECISION            | DOUBLE      | double precision
          float8                         | DOUBLE      | double precision
          numeric                        | NUMERIC     | numeric
          decimal                        | NUMERIC     | numeric
          numeric(10,2)                  | NUMERIC     | numeric(10,2)
          DECIMAL ( 10 , 2 )             | NUMERIC     | numeric(10,2)
          numeric(7)                     | NUMERIC     | numeric(7,0)
          numeric(1000,-1000)            | NUMERIC     | numeric(1000,-1000)
          bool                           | BOOLEAN     | boolean
          boolean                        | BOOLEAN     | boolean
          text                           | TEXT        | text
          varchar                        | VARCHAR     | character varying
          varchar(10)                    | VARCHAR     | character varying(10)
          character varying (10)         | VARCHAR     | character varying(10)
          char                           | CHAR        | character(1)
          character                      | CHAR        | character(1)
          char(10)                       | CHAR        | character(10)
          bpchar                         | CHAR        | bpchar
          bpchar(3)                      | CHAR        | character(3)
          bytea                          | BYTEA       | bytea
          date                           | DATE        | date
          time                           | TIME        | time without time zone
          time(6)                        | TIME        | time(6) without time zone
          time (3) without time zone     | TIME        | time(3) without time zone
          timestamp                      | TIMESTAMP   | timestamp without time zone
          timestamp(3)                   | TIMESTAMP   | timestamp(3) without time zone
          timestamp(3) without time zone | TIMESTAMP   | timestamp(3) without time zone
          timestamp without time zone    | TIMESTAMP   | timestamp without time zone
          timestamptz                    | TIMESTAMPTZ | timestamp with time zone
          timestamptz(0)                 | TIMESTAMPTZ | timestamp(0) with time zone
          TIMESTAMP (6) WITH  TIME ZONE  | TIMESTAMPTZ | timestamp(6) with time zone
          interval                       | INTERVAL    | interval
          interval(3)                    | INTERVAL    | interval(3)
          uuid                           | UUID        | uuid
          json                           | JSON        | json
          JSONB                          | JSONB       | jsonb
          oid                            | OID         | oid
          money                          | OTHER       | money
          Inet                           | OTHER       | Inet
          timetz                         | OTHER       | timetz
          time with time zone            | OTHER       | time with time zone
          integer[]                      | OTHER       | integer[]
          numeric(10,2)[][3]             | OTHER       | numeric(10,2)[][3]
          bit varying(5)                 | OTHER       | bit varying(5)
          "char"                         | OTHER       | "char"
          public."My ""big"" Mood"       | OTHER       | public."My ""big"" Mood"
          цвет                           | OTHER       | цвет
          """)
  void readsEveryNameAndPrintsItAsPostgresqlDoes(String sql, TypeKind kind, String printed) {
    ColumnType type = ColumnType.parse(sql);
    assertThat(type.kind()).isEqualTo(kind);
    assertThat(type.sql()).isEqualTo(printed).hasToString(type.toString());
    assertThat(ColumnType.parse(type.sql())).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "  ", "integer(3)", "numeric()", "numeric(a)", "numeric(1,2,3)", "varchar(1,2)",
        "varchar(", "int;drop table x", "text'x'", "numeric(1.5)", "text)", "12", "date(3)"
      })
  void refusesWhatIsNotWrittenAsAType(String sql) {
    assertThat(state(sql)).isEqualTo("42601");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "numeric(0)", "numeric(1001)", "numeric(5,1001)", "numeric(5,-1001)", "varchar(0)",
        "char(0)", "varchar(10485761)", "timestamp(7)", "time(-1)", "timestamptz(7)",
        "interval(7)", "float(0)", "float(54)"
      })
  void refusesPrecisionsOutOfRange(String sql) {
    assertThat(state(sql)).isEqualTo("22023");
  }

  @Test
  void refusesANameOfManyWordsWithoutADeepStack() {
    String name = "a ".repeat(50_000) + "'";
    assertThatThrownBy(() -> ColumnType.parse(name)).isInstanceOf(KadbException.class);
  }

  @Test
  void refusesALongNameInReasonableTime() {
    assertThat(state("a".repeat(100_000) + "!")).isEqualTo("42601");
  }

  @ParameterizedTest
  @EnumSource(value = TypeKind.class, mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
  void namesAndReadsBackEveryKind(TypeKind kind) {
    assertThat(ColumnType.parse(ColumnType.of(kind).sql())).isEqualTo(ColumnType.of(kind));
  }

  @Test
  void factoriesMakeWhatParsingMakes() {
    assertThat(ColumnType.numeric(10, 2)).isEqualTo(ColumnType.parse("numeric(10,2)"));
    assertThat(ColumnType.varchar(5)).isEqualTo(ColumnType.parse("varchar(5)"));
    assertThat(ColumnType.character(5)).isEqualTo(ColumnType.parse("char(5)"));
    assertThat(ColumnType.time(3)).isEqualTo(ColumnType.parse("time(3)"));
    assertThat(ColumnType.timestamp(3)).isEqualTo(ColumnType.parse("timestamp(3)"));
    assertThat(ColumnType.timestamptz(3)).isEqualTo(ColumnType.parse("timestamptz(3)"));
    assertThat(ColumnType.other("inet")).isEqualTo(ColumnType.parse("inet"));
  }

  @Test
  void checksItself() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ColumnType(TypeKind.INTEGER, "int4", OptionalInt.empty(), OptionalInt.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ColumnType(
                    TypeKind.NUMERIC, "numeric", OptionalInt.of(3), OptionalInt.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ColumnType(TypeKind.TEXT, "text", OptionalInt.of(3), OptionalInt.empty()));
  }

  private static String state(String sql) {
    KadbException[] thrown = new KadbException[1];
    assertThatThrownBy(() -> ColumnType.parse(sql))
        .asInstanceOf(InstanceOfAssertFactories.type(KadbException.class))
        .satisfies(e -> thrown[0] = e);
    return thrown[0].sqlState();
  }
}
