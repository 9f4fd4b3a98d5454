package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages made of rows of the warehouse, and written together with such rows. */
class WritingFromWarehouseIT extends TableFixture {
  private TestTopic topic;

  @Override
  StoreForm store() {
    return StoreForm.POSTGRES;
  }

  @BeforeEach
  void createTables() throws SQLException {
    topic = kafka.newTopic("written", 1);
    table("t (id int, name text)", topic, "k_scan_mode 'snapshot'");
    postgres.execute(
        "DROP TABLE IF EXISTS source CASCADE",
        "CREATE TABLE source (id int PRIMARY KEY, name text)",
        "INSERT INTO source VALUES (1, 'a'), (2, NULL)");
  }

  @Test
  void writesRowsOfTheWarehouse() throws SQLException {
    assertThat(sql.update("INSERT INTO t SELECT id, name FROM pg.public.source")).isEqualTo(2);
    assertThat(sql.rows("SELECT kadb.produce_message('t', '3,' || name) FROM pg.public.source"))
        .containsExactlyInAnyOrder("", "null");

    assertThat(sql.rows("SELECT id, name FROM t ORDER BY id"))
        .containsExactly("1|a", "2|null", "3|a");
  }

  @Test
  void takesBackRowsAndMessagesTogether() throws SQLException {
    sql.connection().setAutoCommit(false);
    sql.update("INSERT INTO t VALUES (1, 'x')");
    sql.update("INSERT INTO pg.public.source VALUES (3, 'c')");
    sql.connection().rollback();
    sql.update("INSERT INTO pg.public.source VALUES (4, 'd')");
    sql.update("INSERT INTO t SELECT id, name FROM pg.public.source WHERE id = 4");
    sql.connection().commit();
    sql.connection().setAutoCommit(true);

    assertThat(sql.rows("SELECT id, name FROM t")).containsExactly("4|d");
    assertThat(sql.rows("SELECT id FROM pg.public.source ORDER BY id"))
        .containsExactly("1", "2", "4");
  }

  @Test
  void keepsMessagesWhereAStatementOfTheWarehouseFails() throws SQLException {
    sql.connection().setAutoCommit(false);
    sql.update("INSERT INTO t VALUES (1, 'x')");
    refused("23505", () -> sql.update("INSERT INTO pg.public.source VALUES (1, 'again')"));
    sql.connection().commit();
    sql.connection().setAutoCommit(true);

    assertThat(sql.rows("SELECT id, name FROM t")).containsExactly("1|x");
  }

  @Test
  void movesOffsetsAfterTheMessages() throws SQLException {
    TestTopic from = kafka.newTopic("from", 1);
    from.send(0, "1,a", "2,b");
    table("f (id int, name text)", from);

    sql.update("INSERT INTO t SELECT f.id, s.name FROM f JOIN pg.public.source s ON s.id = f.id");

    assertThat(sql.rows("SELECT id, name FROM t ORDER BY id")).containsExactly("1|a", "2|null");
    assertThat(offsets("f")).containsExactly("0|2");
  }

  @Test
  void writesMessagesAtLeastOnceWhereTheStoreFailsAfterThem() throws SQLException {
    TestTopic from = kafka.newTopic("from", 1);
    from.send(0, "1,a");
    table("f (id int, name text)", from);
    postgres.execute(
        "DROP TABLE IF EXISTS late CASCADE",
        "CREATE TABLE late (id int REFERENCES source DEFERRABLE INITIALLY DEFERRED)");
    sql.connection().setAutoCommit(false);
    sql.update("INSERT INTO t SELECT id, name FROM f");
    sql.update("INSERT INTO pg.public.late VALUES (99)");

    assertThat(refused("23503", () -> sql.connection().commit()))
        .contains("messages are written to topics, but nothing else is stored");

    assertThat(offsets("f")).isEmpty();
    sql.update("INSERT INTO t SELECT id, name FROM f");
    sql.connection().commit();
    sql.connection().setAutoCommit(true);
    assertThat(sql.rows("SELECT id, name FROM t")).containsExactly("1|a", "1|a");
    assertThat(offsets("f")).containsExactly("0|1");
  }
}
