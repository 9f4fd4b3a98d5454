package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What becomes of a value in a column of the warehouse is decided by PostgreSQL's own input of the
 * column's type, whichever way the row takes.
 */
class TargetTypesIT extends TableFixture {
  @Override
  StoreForm store() {
    return StoreForm.POSTGRES;
  }

  private void target(String from, String value, String to) throws SQLException {
    TestTopic topic = kafka.newTopic("value", 1);
    topic.send(0, value);
    postgres.execute(
        "DROP TABLE IF EXISTS target",
        "DROP TYPE IF EXISTS mood",
        "CREATE TYPE mood AS ENUM ('sad', 'ok')",
        "SET lc_monetary = 'C'",
        "CREATE TABLE target (v " + to + ")");
    table("v (v " + from + ")", topic, "format 'text'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "text; {\"b\": 1, \"a\": \"\\n\"}; json; {\"b\": 1, \"a\": \"\\n\"}",
        "text; {\"b\": 1, \"a\": \"\\n\"}; jsonb; {\"a\": \"\\n\", \"b\": 1}",
        "text; A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11; uuid; a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        "text; 1 year 2 days; interval; 1 year 2 days",
        "text; \\x00ff5c; bytea; \\x00ff5c",
        "text; ok; mood; ok",
        "text; 10.0.0.1/8; inet; 10.0.0.1/8",
        "text; 08:00:2b:01:02:03; macaddr; 08:00:2b:01:02:03",
        "text; 12.345; money; $12.35",
        "text; {1,NULL,3}; int[]; {1,NULL,3}",
        "text; {\"a\\\\\\\\b\",\"c,d\"}; text[]; {\"a\\\\\\\\b\",\"c,d\"}",
        "text; [1,3); int4range; [1,3)",
        "text; (1,2); point; (1,2)",
        "text; 101; bit(3); 101",
        "text; a fat cat; tsvector; 'a' 'cat' 'fat'",
        "text; on; boolean; t",
        "text; ` 1e3 `; numeric; 1000",
        "text; 0x1F; int; 31",
        "text; 2024-02-29 12:34:56.789012+02; timestamptz; 2024-02-29 10:34:56.789012+00",
        "text; 29 February 2024; date; 2024-02-29",
        "text; ab; char(4); `ab  `",
        "smallint; 7; numeric(5,2); 7.00",
        "integer; 12; money; $12.00",
        "bigint; 9007199254740993; numeric; 9007199254740993",
        "bigint; 4; text; 4",
        "bigint; 4; oid; 4",
        "real; 0.1; double precision; 0.1",
        "double precision; 1e-5; numeric; 0.00001",
        "double precision; 12.500; text; 12.5",
        "numeric; 2.50; text; 2.50",
        "numeric; 2.50; double precision; 2.5",
        "numeric; 1234567.125; money; $1,234,567.13",
        "boolean; yes; text; true",
        "boolean; false; boolean; f",
        "date; 2024-02-29; timestamp; 2024-02-29 00:00:00",
        "date; 2024-02-29; text; 2024-02-29",
        "time; 12:34:56.789012; interval; 12:34:56.789012",
        "time; 12:34:56.789012; timetz; 12:34:56.789012+00",
        "timestamp; 2024-02-29 12:34:56.789012; date; 2024-02-29",
        "timestamp; 2024-02-29 12:34:56.789012; timestamptz; 2024-02-29 12:34:56.789012+00",
        "timestamp; 2024-02-29 12:34:56.789012; timestamp(3); 2024-02-29 12:34:56.789",
        "timestamp; 2024-02-29T12:34:56.500000; text; 2024-02-29 12:34:56.5",
        "timestamptz; 2024-02-29 12:34:56.789012+02; timestamp; 2024-02-29 10:34:56.789012",
        "timestamptz; 2024-02-29 12:34:56.789012+02; timestamptz; 2024-02-29 10:34:56.789012+00",
        "interval; 1 year 2 days 3.5 seconds; interval; 1 year 2 days 00:00:03.5",
        "interval; 1 year 2 days 3.5 seconds; text; P1Y2DT3.5S",
        "bytea; \\x6162; text; \\x6162",
        "bytea; a\\000b; bytea; \\x610062",
        "uuid; A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11; text; a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        "json; [1, \"\\u00e9\\t\"]; jsonb; [1, \"é\\t\"]",
        "jsonb; [1,  2]; text; [1,  2]",
        "inet; ::1/64; inet; ::1/64",
        "mood; sad; mood; sad",
        "money; 12.5; money; $12.50",
        "varchar(9); 3; int; 3",
      })
  void takesTheText(String from, String value, String to, String stored) throws SQLException {
    target(from, value, to);
    sql.update("INSERT INTO pg.public.target SELECT v FROM v");
    assertThat(stored()).isEqualTo(stored);

    postgres.execute("TRUNCATE target");
    moveOffsets("v", 0);
    sql.update("INSERT INTO pg.public.target SELECT v FROM v WHERE _offset = 0");
    assertThat(stored()).as("through the engine").isEqualTo(stored);
  }

  /** As COPY prints it: a cast to text would cut the blanks of CHAR. */
  private String stored() throws SQLException {
    return postgres.queryText("SELECT trim(trailing E'\\r\\n' FROM format('%s', v)) FROM target");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "text; happy; mood; 22P02",
        "text; {1,x}; int[]; 22P02",
        "text; {\"a\"; json; 22P02",
        "text; 300.1.1.1; inet; 22P02",
        "text; 2023-02-29; date; 22008",
        "text; abcde; varchar(4); 22001",
        "numeric; 2.50; int; 22P02",
        "bigint; 3000000000; int; 22003",
        "boolean; true; int; 22P02",
        "date; 2024-02-29; time; 22007",
        "numeric; 1000; `numeric(4,2)`; 22003",
      },
      quoteCharacter = '`')
  void refusesWhatItsInputRefuses(String from, String value, String to, String state)
      throws SQLException {
    target(from, value, to);
    for (String where : new String[] {"", " WHERE _offset = 0"}) {
      assertThat(
              refused(
                  state, () -> sql.update("INSERT INTO pg.public.target SELECT v FROM v" + where)))
          .contains("[0]@0: ", "line 1, column v)");
    }
    assertThat(offsets("v")).isEmpty();
  }
}
