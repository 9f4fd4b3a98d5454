package io.kadb.sql;

import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/**
 * A topic of three messages as table {@code t} next to tables of PostgreSQL: {@code names}, and the
 * empty {@code target} of loads.
 */
abstract class WarehouseFixture extends TableFixture {
  TestTopic topic;

  @Override
  final StoreForm store() {
    return StoreForm.POSTGRES;
  }

  @BeforeEach
  final void createTables() throws SQLException {
    postgres.execute(
        "DROP SCHEMA IF EXISTS other CASCADE",
        "DROP TABLE IF EXISTS names, target",
        "CREATE TABLE names (id int PRIMARY KEY, name text)",
        "INSERT INTO names VALUES (1, 'one'), (2, 'two'), (9, 'nine')",
        "CREATE TABLE target (id int CHECK (id < 100), name text, amount numeric,"
            + " note text DEFAULT 'none')");
    topic = kafka.newTopic("warehouse", 2);
    topic.send(0, "1,a,1.50", "2,b,2.25");
    topic.send(1, "3,c,");
    table("t (id int, name text, amount numeric)", topic);
  }

  final List<String> target() throws SQLException {
    return sql.rows("SELECT * FROM pg.public.target ORDER BY id, name");
  }
}
