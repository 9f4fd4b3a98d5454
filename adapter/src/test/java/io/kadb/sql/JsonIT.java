package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Topics of JSON documents as tables. */
class JsonIT extends TableFixture {
  private TestTopic topic;

  @BeforeEach
  void createTopic() {
    topic = kafka.newTopic("json", 1);
  }

  private void json(String declaration, String... options) throws SQLException {
    String[] all = new String[options.length + 1];
    System.arraycopy(options, 0, all, 0, options.length);
    all[options.length] = "format 'json'";
    table(declaration, topic, all);
  }

  @Test
  void fieldsGoToTheColumnsOfTheirNames() throws SQLException {
    json("t (id bigint, \"Name\" text, paid boolean, note text DEFAULT 'none')");
    topic.send(
        0,
        "{\"paid\":true,\"Name\":\"Ä\",\"id\":9007199254740993,\"unknown\":[1]}",
        "{\"id\":2,\"name\":\"x\",\"note\":null}",
        "{\"id\":3,\"note\":\"n\"}");

    assertThat(sql.rows("SELECT * FROM t"))
        .containsExactly("9007199254740993|Ä|true|none", "2|null|null|null", "3|null|null|n");
    assertThat(offsets("t")).containsExactly("0|3");
  }

  @Test
  void aMessageMayHoldSeveralRows() throws SQLException {
    json("t (id int)");
    topic.send(0, "[{\"id\":1},{\"id\":2}]", "{\"id\":3}\n{\"id\":4}\n", "[]", "{\"id\":5}");

    assertThat(sql.rows("SELECT id, _offset, _row FROM t"))
        .containsExactly("1|0|0", "2|0|1", "3|1|0", "4|1|1", "5|3|0");
    assertThat(offsets("t")).containsExactly("0|4");
  }

  @Test
  void messagesWithoutAValueAreConsumedWithoutARow() throws SQLException {
    json("t (id int)");
    topic.sendKeyed(0, "k", null);
    topic.sendKeyed(0, "k", "");
    topic.sendKeyed(0, "k", "{\"id\":1}");

    assertThat(sql.rows("SELECT id, _tombstone FROM t")).containsExactly("1|false");
    assertThat(offsets("t")).containsExactly("0|3");
  }

  @Test
  void pathsReachAnyPlaceOfADocument() throws SQLException {
    json(
        "t (zip text OPTIONS (path '/user/address/0/zip'), city text OPTIONS (path"
            + " '/user/address/0/city') , \"user\" json, odd int OPTIONS (path '/a~1b/m~0n'),"
            + " whole text OPTIONS (path ''))",
        "k_scan_mode 'snapshot'");
    String document = "{\"user\": {\"address\": [{\"zip\": \"04109\"}]}, \"a/b\": {\"m~n\": 7}}";
    topic.send(0, document, "{}");

    assertThat(sql.rows("SELECT zip, city, odd FROM t"))
        .containsExactly("04109|null|7", "null|null|null");
    assertThat(sql.rows("SELECT \"user\", whole FROM t"))
        .containsExactly("{\"address\": [{\"zip\": \"04109\"}]}|" + document, "null|{}");
    assertThat(sql.rows("SELECT odd FROM t WHERE zip = '04109'")).containsExactly("7");
    assertThat(sql.value("SELECT count(*) FROM t")).isEqualTo("2");
  }

  @Test
  void numbersAreExact() throws SQLException {
    json("t (n numeric, m numeric(30,2), d double precision, s text)", "k_scan_mode 'snapshot'");
    String digits = "12345678901234567890.123456789012345678901";
    topic.send(
        0, "{\"n\":" + digits + ",\"m\":0.125,\"d\":0.1,\"s\":1.10}", "{\"n\":1.10,\"m\":-1e3}");

    assertThat(sql.rows("SELECT n, m, d, s FROM t"))
        .containsExactly(digits + "|0.13|0.1|1.10", "1.10|-1000.00|null|null");
  }

  @Test
  void valuesHaveTheClassesOfTheirColumns() throws SQLException {
    json("t (at timestamp, raw bytea, id uuid)", "k_scan_mode 'snapshot'");
    topic.send(
        0,
        "{\"at\":\"2024-02-29T12:34:56.789012\",\"raw\":\"\\\\x00ff\","
            + "\"id\":\"A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11\"}");
    try (Statement statement = sql.connection().createStatement();
        ResultSet row = statement.executeQuery("SELECT at, raw, id FROM t")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getObject(1, LocalDateTime.class))
          .isEqualTo(LocalDateTime.parse("2024-02-29T12:34:56.789012"));
      assertThat(row.getBytes(2)).isEqualTo(new byte[] {0, (byte) 0xff});
      assertThat(row.getString(3)).isEqualTo("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
    }
  }

  @Test
  void anErrorNamesMessageAndColumnAndMovesNothing() throws SQLException {
    json("t (id int, tags text)");
    topic.send(0, "{\"id\":1}", "[{\"id\":2},{\"id\":{\"a\":1}}]");

    assertThat(refused("22P02", () -> sql.rows("SELECT id FROM t")))
        .contains(topic.name() + "[0]@1", "column id: found an object, wanted integer");
    assertThat(offsets("t")).isEmpty();
    assertThat(sql.rows("SELECT tags FROM t")).hasSize(3);
  }

  @Test
  void aMessageThatIsNotJsonIsRefusedWhateverColumnsAreUsed() throws SQLException {
    json("t (id int)");
    topic.send(0, "{\"id\":1}", "{\"id\":1");

    for (String query : new String[] {"SELECT id FROM t", "SELECT count(*) FROM t"}) {
      assertThat(refused("22032", () -> sql.rows(query)))
          .contains(topic.name() + "[0]@1", "the end of the message at byte 7");
    }
    assertThat(offsets("t")).isEmpty();
  }
}
