package io.kadb.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.catalog.ForeignTable;
import io.kadb.catalog.TableName;
import io.kadb.testing.PostgresTest;
import io.kadb.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
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
import org.junit.jupiter.api.Test;

/** What the driver of PostgreSQL is given to send, taken from its own log. */
@PostgresTest
class StatementsIT {
  /** What PostgreSQL learnt after 9.4, as far as one could be tempted to use it here. */
  private static final Pattern AFTER_9_4 =
      Pattern.compile(
          "ON CONFLICT|MERGE INTO|SKIP LOCKED|TABLESAMPLE|GROUPING SETS|GENERATED|NULLS NOT"
              + "|INDEX IF NOT EXISTS|COLUMN IF NOT EXISTS|ATTACH PARTITION|PARTITION BY RANGE"
              + "|CREATE PROCEDURE|EXECUTE FUNCTION|attidentity|attgenerated|relispartition"
              + "|relrowsecurity|pg_sequences|pg_partitioned_table|jsonb_set|gen_random_uuid"
              + "|current_setting\\([^)]*,|MATERIALIZED|WITH TIES|\\bANY_VALUE|MULTIRANGE",
          Pattern.CASE_INSENSITIVE);

  private static final class Statements extends Handler {
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    @Override
    public void publish(LogRecord record) {
      String text = new SimpleFormatter().formatMessage(record);
      if (text.contains("FE=> Parse") || text.contains("FE=> Query")) {
        seen.add(text);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void stayWithinTheLanguageOfVersion94(TestPostgres postgres) throws SQLException {
    Logger logger = Logger.getLogger("org.postgresql");
    Level level = logger.getLevel();
    Statements statements = new Statements();
    statements.setLevel(Level.ALL);
    logger.setLevel(Level.FINEST);
    logger.addHandler(statements);
    try {
      useEverything(postgres);
    } finally {
      logger.removeHandler(statements);
      logger.setLevel(level);
    }

    assertThat(statements.seen)
        .anyMatch(s -> s.contains("CREATE TABLE kadb.servers"))
        .anyMatch(s -> s.contains("INSERT INTO kadb.offsets"))
        .anyMatch(s -> s.contains("pg_get_serial_sequence"))
        .anyMatch(s -> s.contains("SAVEPOINT kadb_0"))
        .noneMatch(s -> AFTER_9_4.matcher(s).find());
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
