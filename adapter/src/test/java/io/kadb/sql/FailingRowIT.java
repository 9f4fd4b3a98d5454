package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A row that PostgreSQL refuses names the message it came from. */
class FailingRowIT extends WarehouseFixture {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "INSERT INTO pg.public.names SELECT id, name FROM t WHERE _partition = 0; 23505; 0@0",
        "INSERT INTO pg.public.names SELECT id, name FROM t WHERE name <> 'a' AND id < 3; 23505; 0@1",
        "INSERT INTO pg.public.target (id) SELECT name FROM t WHERE _partition = 1; 22P02; 1@0",
        "INSERT INTO pg.public.target (id) SELECT name || '' FROM t WHERE id = 3; 22P02; 1@0",
        "INSERT INTO pg.public.target (id) SELECT id + 97 FROM t WHERE _partition = 1; 23514; 1@0",
        "INSERT INTO pg.public.target (id) SELECT name FROM t WHERE _partition = 1 LIMIT 1; 22P02; 1@0",
      })
  void namesItsMessage(String statement, String state, String message) throws SQLException {
    String error = refused(state, () -> sql.update(statement));

    assertThat(error)
        .startsWith(topic.name() + "[" + message.replace("@", "]@") + ": ")
        .contains("(COPY ", "line ");
    assertThat(offsets("t")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "INSERT INTO pg.public.target (id) SELECT max(name) FROM t; 22P02",
        "INSERT INTO pg.public.target (id) SELECT name FROM t ORDER BY name DESC; 22P02",
        "INSERT INTO pg.public.target (id) SELECT a.name FROM t a JOIN t b ON a.id = b.id; 22P02",
      })
  void namesNoneWhereRowsAreNotThoseOfMessages(String statement, String state) {
    assertThat(refused(state, () -> sql.update(statement)))
        .doesNotContain(topic.name())
        .contains("(COPY target, line 1, column id)");
  }

  @Test
  void isFoundAmongManyMessagesOfManyRows() throws SQLException {
    TestTopic many = kafka.newTopic("many", 1);
    String wide = ",".repeat(3000).replace(",", "wide text ");
    String[] values =
        IntStream.range(0, 3000)
            .mapToObj(i -> i + "," + wide + "\n" + i + (i == 2345 ? ",unlucky" : ",x"))
            .toArray(String[]::new);
    many.send(0, values);
    table("many (id int, v text)", many, "k_seg_batch '10000'");
    postgres.execute(
        "DROP TABLE IF EXISTS lucky", "CREATE TABLE lucky (id int, v text CHECK (v <> 'unlucky'))");

    assertThat(refused("23514", () -> sql.update("INSERT INTO pg.public.lucky SELECT * FROM many")))
        .startsWith(many.name() + "[0]@2345: ")
        .contains("line 4692");
    assertThat(
            refused(
                "23514",
                () -> sql.update("INSERT INTO pg.public.lucky SELECT id + 0, v FROM many")))
        .startsWith(many.name() + "[0]@2345: ")
        .contains("line 4692");
    assertThat(offsets("many")).isEmpty();
  }

  @Test
  void isFoundBehindMessagesThatWereRejectedOrGaveNoRows() throws SQLException {
    TestTopic some = kafka.newTopic("some", 1);
    some.send(0, "1", "no number", "2\n3", "", "4", "5");
    table("several (id int)", some, "k_on_error 'reject'");
    postgres.execute("DROP TABLE IF EXISTS few", "CREATE TABLE few (id int CHECK (id < 5))");

    for (String expression : new String[] {"id", "id + 0"}) {
      assertThat(
              refused(
                  "23514",
                  () ->
                      sql.update(
                          "INSERT INTO pg.public.few SELECT " + expression + " FROM several")))
          .startsWith(some.name() + "[0]@5: ");
    }
    assertThat(postgres.queryLong("SELECT count(*) FROM kadb.rejects")).isZero();
  }
}
