package io.kadb.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.catalog.ForeignTable;
import io.kadb.catalog.TableName;
import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.PostgresTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestPostgres;
import io.kadb.testing.TestTopic;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the driver of PostgreSQL is given to send, taken from its own log. */
@PostgresTest
@KafkaTest
class StatementsIT {
  /** What PostgreSQL learnt after 9.4, as far as one could be tempted to use it here. */
  private static final Pattern AFTER_9_4 =
      Pattern.compile(
          "ON CONFLICT|DO NOTHING|MERGE INTO|SEQUENCE IF NOT EXISTS|SEQUENCE \\S+ AS |IDENTITY"
              + "|pg_blocking_pids|num_nonnulls|regexp_match\\(|array_position|pg_current_xact|"
              + "SKIP LOCKED|TABLESAMPLE|GROUPING SETS|GENERATED|NULLS NOT"
              + "|INDEX IF NOT EXISTS|COLUMN IF NOT EXISTS|ATTACH PARTITION|PARTITION BY RANGE"
              + "|CREATE PROCEDURE|EXECUTE FUNCTION|attidentity|attgenerated|relispartition"
              + "|relrowsecurity|pg_sequences|pg_partitioned_table|jsonb_set|gen_random_uuid"
              + "|current_setting\\([^)]*,|MATERIALIZED|WITH TIES|\\bANY_VALUE|MULTIRANGE",
          Pattern.CASE_INSENSITIVE);

  /** The driver's own questions about tables, which depend on the server's version. */
  private static final Pattern OF_THE_DRIVER =
      Pattern.compile(
          "current_database\\(\\) AS (current_database|\"TABLE_CAT\")"
              + "|a\\.attidentity != '' OR pg_catalog\\.pg_get_expr");

  private static final class Statements extends Handler {
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    @Override
    public void publish(LogRecord record) {
      String text = new SimpleFormatter().formatMessage(record);
      boolean sent = text.contains("FE=> Parse") || text.contains("FE=> Query");
      if (sent && !OF_THE_DRIVER.matcher(text).find()) {
        seen.add(text);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void beginWithoutStore(TestPostgres postgres) throws SQLException {
    postgres.execute(
        "DROP SCHEMA IF EXISTS kadb CASCADE", "DROP TABLE IF EXISTS public.loaded, public.target");
  }

  /** What uses the store. */
  private interface Use {
    void run() throws SQLException;
  }

  private static Queue<String> sentBy(Use use) throws SQLException {
    Logger logger = Logger.getLogger("org.postgresql");
    Level level = logger.getLevel();
    Statements statements = new Statements();
    statements.setLevel(Level.ALL);
    logger.setLevel(Level.FINEST);
    logger.addHandler(statements);
    try {
      use.run();
    } finally {
      logger.removeHandler(statements);
      logger.setLevel(level);
    }
    return statements.seen;
  }

  @Test
  void stayWithinTheLanguageOfVersion94(TestPostgres postgres) throws SQLException {
    assertThat(sentBy(() -> useEverything(postgres)))
        .anyMatch(s -> s.contains("CREATE TABLE kadb.servers"))
        .anyMatch(s -> s.contains("INSERT INTO kadb.offsets"))
        .anyMatch(s -> s.contains("pg_get_serial_sequence"))
        .anyMatch(s -> s.contains("SAVEPOINT kadb_0"))
        .noneMatch(s -> AFTER_9_4.matcher(s).find());
  }

  @Test
  void stayWithinTheLanguageOfVersion94WhateverUsersDo(TestPostgres postgres, KafkaCluster kafka)
      throws SQLException {
    TestTopic topic = kafka.newTopic("statements", 1);
    topic.send(0, "1,a", "2,b", "3,c");
    postgres.execute("CREATE TABLE public.target(id int, name text)");

    assertThat(sentBy(() -> useAsUser(postgres, kafka, topic)))
        .anyMatch(s -> s.contains("INTO kadb.loads"))
        .anyMatch(s -> s.contains("UPDATE kadb.offsets"))
        .anyMatch(s -> s.contains("DELETE FROM kadb.offsets"))
        .anyMatch(s -> s.contains("GROUP BY") || s.contains("LIKE"))
        .noneMatch(s -> AFTER_9_4.matcher(s).find());
  }

  private static void useAsUser(TestPostgres postgres, KafkaCluster kafka, TestTopic topic)
      throws SQLException {
    try (SqlClient sql = SqlClient.connect(Map.of("store", postgres.jdbcUrl()))) {
      sql.update(
          "CREATE SERVER k FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
              + kafka.bootstrapServers()
              + "', k_consumer_group 'g', k_seg_batch '1', k_timeout_ms '20000',"
              + " k_stop_at_end 'on', format 'csv', k_topic '"
              + topic.name()
              + "')");
      sql.update("CREATE FOREIGN TABLE t (id int, name text) SERVER k");
      sql.update("CREATE SCHEMA IF NOT EXISTS s");
      assertThat(sql.rows("SELECT id FROM t")).containsExactly("1");
      assertThat(sql.update("INSERT INTO pg.public.target SELECT id, name FROM t")).isEqualTo(1);
      sql.connection().setAutoCommit(false);
      sql.update("SAVEPOINT a");
      sql.update("INSERT INTO pg.public.target (name) SELECT name FROM t");
      sql.update("ROLLBACK TO a");
      sql.rows("SELECT kadb.offsets_to_earliest('t')");
      sql.rows("SELECT kadb.partitions_reset('t')");
      sql.connection().commit();
      sql.connection().setAutoCommit(true);
      sql.update("ALTER FOREIGN TABLE t ADD COLUMN more text");
      for (String query :
          List.of(
              "SELECT * FROM pg.public.target WHERE id > 0 AND name LIKE 'a%' ORDER BY id LIMIT 3",
              "SELECT count(DISTINCT id), count(DISTINCT name) FROM pg.public.target",
              "SELECT id, count(*) FROM pg.public.target GROUP BY ROLLUP (id)",
              "SELECT t.id FROM t JOIN pg.public.target x ON t.id = x.id",
              "SELECT * FROM kadb.loads",
              "SELECT * FROM kadb.lag",
              "SELECT * FROM kadb.foreign_tables",
              "SELECT * FROM kadb.rejects")) {
        sql.rows(query);
      }
      sql.update("DELETE FROM kadb.offsets");
      sql.update("DROP SERVER k CASCADE");
      sql.update("DROP SCHEMA s");
    }
  }

  private static void useEverything(TestPostgres postgres) throws SQLException {
    postgres.execute("CREATE TABLE public.loaded(n int)");
    Duration wait = Duration.ofSeconds(5);
    try (Store store = Store.open(StoreLocation.of(postgres.jdbcUrl()));
        StoreSession session = store.session()) {
      ForeignTable table = StoreFixture.newTable(session, "t");
      session.catalog().version();
      session.catalog().replaceServer(StoreFixture.server("k"));
      session.catalog().replaceTable(table);
      session.catalog().createSchema("s");
      session.catalog().dropSchema("s");
      session.begin();
      session
          .offsets()
          .apply(
              List.of(
                  OffsetChange.insert(5, 0, 1),
                  OffsetChange.insert(5, 1, 1),
                  new OffsetChange(5, 2, OptionalLong.empty(), OptionalLong.empty())),
              wait);
      session.savepoint("a");
      session
          .offsets()
          .apply(List.of(OffsetChange.move(5, 0, 1, 2), OffsetChange.delete(5, 1, 1)), wait);
      TableName loaded = new TableName("public", "loaded");
      session.warehouseColumns(loaded);
      CopyStream copy = session.copyInto(loaded, List.of("n"), OptionalInt.empty());
      copy.write("1\n".getBytes(StandardCharsets.UTF_8), 0, 2);
      copy.finish();
      session.rollbackTo("a");
      session.release("a");
      session.commit();
      session.offsets().readAll();
      session.catalog().dropTable(table.ftoid());
      session.catalog().dropServer("k");
    }
  }
}
