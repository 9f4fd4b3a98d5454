package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of PostgreSQL next to topics: read, joined, and loaded together with the offsets. */
class WarehouseIT extends WarehouseFixture {
  @Test
  void tablesOfAllSchemasCanBeRead() throws SQLException {
    postgres.execute(
        "CREATE SCHEMA other",
        "CREATE TABLE other.\"Mixed\" (\"Id\" bigint, d date, b boolean, n numeric(20, 5))",
        "INSERT INTO other.\"Mixed\" VALUES (5, '2024-02-29', true, 1.5)",
        "CREATE VIEW other.v AS SELECT \"Id\" + 1 AS x FROM other.\"Mixed\"");

    assertThat(sql.rows("SELECT id, name FROM pg.public.names WHERE id < 5 ORDER BY id"))
        .containsExactly("1|one", "2|two");
    assertThat(sql.rows("SELECT \"Id\", d, b, n FROM pg.other.\"Mixed\""))
        .containsExactly("5|2024-02-29|true|1.50000");
    assertThat(sql.value("SELECT x FROM pg.other.v")).isEqualTo("6");
    refused("42P01", () -> sql.rows("SELECT * FROM pg.public.nowhere"));
    refused("42P01", () -> sql.rows("SELECT * FROM pg.nowhere.names"));
    refused("42703", () -> sql.rows("SELECT nothing FROM pg.public.names"));
  }

  @Test
  void aTopicJoinsATable() throws SQLException {
    assertThat(
            sql.rows(
                "SELECT t.id, n.name, t.name FROM t JOIN pg.public.names n ON t.id = n.id"
                    + " ORDER BY t.id"))
        .containsExactly("1|one|a", "2|two|b");
    assertThat(offsets("t")).containsExactly("0|2", "1|1");

    moveOffsets("t", 0);
    assertThat(
            sql.rows(
                "SELECT n.id, t.name FROM pg.public.names n LEFT JOIN t ON t.id = n.id"
                    + " ORDER BY n.id"))
        .containsExactly("1|a", "2|b", "9|null");
    assertThat(offsets("t")).containsExactly("0|2", "1|1");

    moveOffsets("t", 0);
    assertThat(
            sql.rows(
                "SELECT n.name, count(*), sum(t.amount) FROM t LEFT JOIN pg.public.names n"
                    + " ON t.id = n.id GROUP BY n.name ORDER BY 1 NULLS LAST"))
        .containsExactly("one|1|1.50", "two|1|2.25", "null|1|null");
    assertThat(offsets("t")).containsExactly("0|2", "1|1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT t.id FROM t JOIN pg.public.target x ON t.id = x.id",
        "SELECT t.id FROM pg.public.target x JOIN t ON t.id = x.id",
        "SELECT t.id FROM pg.public.target x JOIN t ON t.id < x.id",
        "SELECT id FROM t WHERE id IN (SELECT id FROM pg.public.target)",
      })
  void aJoinWithAnEmptyTableConsumesTheBatch(String query) throws SQLException {
    assertThat(sql.rows(query)).isEmpty();

    assertThat(offsets("t")).containsExactly("0|2", "1|1");
  }

  @Test
  void insertLoadsABatchAndMovesItsOffsets() throws SQLException {
    assertThat(sql.update("INSERT INTO pg.public.target (id, name, amount) SELECT * FROM t"))
        .isEqualTo(3);

    assertThat(target()).containsExactly("1|a|1.50|none", "2|b|2.25|none", "3|c|null|none");
    assertThat(offsets("t")).containsExactly("0|2", "1|1");
    assertThat(sql.update("INSERT INTO pg.public.target (id, name, amount) SELECT * FROM t"))
        .isZero();
    topic.send(1, "4,d,4");
    assertThat(sql.update("INSERT INTO pg.public.target (id, name, amount) SELECT * FROM t"))
        .isEqualTo(1);
    assertThat(target()).hasSize(4);
  }

  @Test
  void columnsCanBeGivenInAnyOrder() throws SQLException {
    sql.update("INSERT INTO pg.public.target (note, id) SELECT name, id + 10 FROM t WHERE id < 3");

    assertThat(target()).containsExactly("11|null|null|a", "12|null|null|b");
  }

  @Test
  void columnsThatAreLeftOutAtTheEndGetTheirDefaults() throws SQLException {
    sql.update("INSERT INTO pg.public.target SELECT id FROM t WHERE _partition = 1");

    assertThat(target()).containsExactly("3|null|null|none");
    assertThat(offsets("t")).containsExactly("1|1");
  }

  @Test
  void aLimitLoadsAndMovesThatFar() throws SQLException {
    assertThat(
            sql.update(
                "INSERT INTO pg.public.target (id) SELECT id FROM t WHERE _partition = 0 LIMIT 1"))
        .isEqualTo(1);

    assertThat(target()).containsExactly("1|null|null|none");
    assertThat(offsets("t")).containsExactly("0|1");
  }

  @Test
  void hiddenColumnsCanBeStored() throws SQLException {
    postgres.execute("DROP TABLE target", "CREATE TABLE target (p int, o bigint, at timestamp)");
    topic.sendAt(1, 1_709_210_096_789L, "4,d,4");

    sql.update("INSERT INTO pg.public.target SELECT _partition, _offset, _timestamp FROM t");

    assertThat(
            postgres.queryText("SELECT string_agg(p || '@' || o, ' ' ORDER BY p, o) FROM target"))
        .isEqualTo("0@0 0@1 1@0 1@1");
    assertThat(postgres.queryText("SELECT at FROM target WHERE p = 1 AND o = 1"))
        .isEqualTo("2024-02-29 12:34:56.789");
  }

  @Test
  void constantsCanBeInserted() throws SQLException {
    assertThat(sql.update("INSERT INTO pg.public.target (id, name) VALUES (1, 'x'), (2, NULL)"))
        .isEqualTo(2);
    assertThat(sql.update("INSERT INTO pg.public.target (id, name) VALUES (?, ?)", 3, "ü"))
        .isEqualTo(1);

    assertThat(target()).containsExactly("1|x|null|none", "2|null|null|none", "3|ü|null|none");
  }

  @Test
  void twoTopicsCanBeLoadedAtOnce() throws SQLException {
    TestTopic second = kafka.newTopic("warehouse", 1);
    second.send(0, "7,g", "8,h");
    table("u (id int, name text)", second);

    assertThat(
            sql.update(
                "INSERT INTO pg.public.target (id, name)"
                    + " SELECT id, name FROM t UNION ALL SELECT id, name FROM u"))
        .isEqualTo(5);

    assertThat(postgres.queryText("SELECT string_agg(id::text, ' ' ORDER BY id) FROM target"))
        .isEqualTo("1 2 3 7 8");
    assertThat(offsets("t")).containsExactly("0|2", "1|1");
    assertThat(offsets("u")).containsExactly("0|2");
  }

  @Test
  void tablesCanBeReadWhileOneIsLoaded() throws SQLException {
    assertThat(
            sql.update(
                "INSERT INTO pg.public.target (id, name) SELECT t.id, n.name FROM t"
                    + " JOIN pg.public.names n ON t.id = n.id"))
        .isEqualTo(2);
    assertThat(sql.update("INSERT INTO pg.public.target (id) SELECT id + 50 FROM pg.public.target"))
        .isEqualTo(2);

    assertThat(target())
        .containsExactly(
            "1|one|null|none", "2|two|null|none", "51|null|null|none", "52|null|null|none");
    assertThat(offsets("t")).containsExactly("0|2", "1|1");
  }

  @Test
  void loadsManyRows() throws SQLException {
    int rows = 100_000;
    TestTopic large = kafka.newTopic("warehouse", 2);
    for (int from = 0; from < rows; from += 1000) {
      StringBuilder message = new StringBuilder();
      for (int i = from; i < from + 1000; i++) {
        message.append(i).append(",\"name\t").append(i).append("\\\"\n");
      }
      large.send(from / 1000 % 2, message.toString());
    }
    postgres.execute("DROP TABLE target", "CREATE TABLE target (id int, name text)");
    table("large (id int, name text)", large, "k_segments '2'");

    assertThat(sql.update("INSERT INTO pg.public.target SELECT * FROM large")).isEqualTo(rows);

    assertThat(
            postgres.queryText(
                "SELECT count(DISTINCT id) || ' ' || min(id) || ' ' || max(id) || ' ' ||"
                    + " count(*) FILTER (WHERE name = E'name\\t' || id || E'\\\\') FROM target"))
        .isEqualTo(rows + " 0 " + (rows - 1) + " " + rows);
    assertThat(offsets("large")).containsExactly("0|50", "1|50");
  }
}
