package io.kadb.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.kadb.server.faults.StagedReader.Stage;
import io.kadb.server.faults.StagedReader.Task;
import io.kadb.testing.ChildJvm;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Programs and servers that are killed, with readers at every point of a result. */
class KillsIT extends FaultFixture {
  private static final int TASKS = 22;
  private static final int POOL = 3;

  private final List<String> tables = new ArrayList<>();

  @BeforeAll
  void createTables() throws SQLException {
    for (int i = 0; i < TASKS; i++) {
      tables.add(newTable());
    }
  }

  @BeforeEach
  void forgetAll() throws SQLException {
    for (String table : tables) {
      forgetOffsets(table);
    }
  }

  @Test
  void aServerThatIsKilledLosesNoRowAndRunsNothingAgain() throws Exception {
    List<StagedReader> readers = new ArrayList<>();
    for (Task task : StagedReader.tasks(tables)) {
      readers.add(new StagedReader(task, server.port()));
    }
    int port = server.port();

    server.kill();

    offsetsAreWhereTheyBelong(readers.stream().map(StagedReader::task));
    for (StagedReader reader : readers) {
      if (reader.task().stage() == Stage.IN_A_FRAME) {
        assertState(reader, "08006");
      }
    }
    server = startServer(port);
    for (StagedReader reader : readers) {
      if (reader.task().stage() != Stage.IN_A_FRAME) {
        assertState(reader, "08003");
      }
    }
    offsetsAreWhereTheyBelong(readers.stream().map(StagedReader::task));
    theRestIsReadOnce(readers.stream().map(StagedReader::task));
    server.awaitNothingOpen(Duration.ZERO);
  }

  /** What has ended for the program stays so; all else is an error. */
  private static void assertState(StagedReader reader, String state) {
    Task task = reader.task();
    assertThat(catchThrowable(reader::goOn))
        .as("%s", task)
        .isInstanceOfAny(SQLException.class, RuntimeException.class)
        .satisfies(
            failure -> {
              if (failure instanceof SQLException known && task.client() == RemoteClient.THIN) {
                assertThat(known.getSQLState()).as("%s", task).isEqualTo(state);
              }
            });
  }

  @Test
  void aProgramThatIsKilledMovesNothingAndLeavesNothingOpen() throws Exception {
    List<Task> tasks = StagedReader.tasks(tables);
    List<String> arguments = new ArrayList<>(List.of(Integer.toString(server.port())));
    tasks.forEach(task -> arguments.add(task.word()));
    String[] given = arguments.toArray(String[]::new);
    try (ChildJvm program = ChildJvm.start(folder, ReadingProcess.class, List.of(), given)) {
      program.awaitOutput(ReadingProcess.READY, 1);
      server.awaitOpen(
          Duration.ZERO,
          Map.of(
              "kadb_connections",
              (long) tasks.size(),
              "kadb_statements",
              (long) tasks.size(),
              "kadb_open_results",
              tasks.stream().filter(KillsIT::keepsItsResult).count()));

      program.kill();
    }
    offsetsAreWhereTheyBelong(tasks.stream());
    server.awaitNothingOpen(Duration.ofSeconds(20));
    offsetsAreWhereTheyBelong(tasks.stream());
    theRestIsReadOnce(tasks.stream());
  }

  private static boolean keepsItsResult(Task task) {
    boolean told = task.client() == RemoteClient.THIN && task.stage() == Stage.PAST_THE_LAST_ROW;
    return task.stage() != Stage.COMMITTED && !told;
  }

  @Test
  void aPoolGoesOnAfterItsServerWasKilled() throws Exception {
    HikariConfig settings = new HikariConfig();
    settings.setJdbcUrl(RemoteClient.THIN.url(server.port()));
    settings.setMaximumPoolSize(POOL);
    settings.setMinimumIdle(0);
    int port = server.port();
    try (HikariDataSource pool = new HikariDataSource(settings)) {
      useAll(pool);
      String table = tables.get(0);
      try (Connection connection = pool.getConnection();
          ResultSet rows = connection.createStatement().executeQuery("SELECT v FROM " + table)) {
        assertThat(rows.next()).isTrue();
        server.kill();
        server = startServer(port);
        assertThat(catchThrowable(() -> readAll(rows)))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"));
      }
      assertThat(stored(table)).isZero();
      BatchProgram program = new BatchProgram(table, () -> stored(table));
      while (!program.run(pool::getConnection, () -> {})) {
        // The pool trusts connections for half a second after their last use.
        assertThat(program.failures()).hasSizeLessThanOrEqualTo(POOL);
      }
      assertThat(program.taken()).hasSize(ROWS).isSorted().doesNotHaveDuplicates();
      useAll(pool);
    }
    server.awaitNothingOpen(Duration.ofSeconds(2));
  }

  private static void readAll(ResultSet rows) throws SQLException {
    while (rows.next()) {
      rows.getInt(1);
    }
  }

  private static void useAll(HikariDataSource pool) throws SQLException {
    List<Connection> lent = new ArrayList<>();
    try {
      for (int i = 0; i < POOL; i++) {
        Connection connection = pool.getConnection();
        lent.add(connection);
        try (ResultSet row = connection.createStatement().executeQuery("SELECT 1")) {
          assertThat(row.next()).isTrue();
        }
      }
    } finally {
      for (Connection connection : lent) {
        connection.close();
      }
    }
  }

  private void offsetsAreWhereTheyBelong(Stream<Task> tasks) {
    assertThat(tasks).allSatisfy(task -> assertThat(stored(task.table())).isEqualTo(task.offset()));
  }

  /** Programs that come later get what nobody has taken. */
  private void theRestIsReadOnce(Stream<Task> tasks) throws SQLException {
    for (Task task : tasks.toList()) {
      BatchProgram program =
          new BatchProgram(task.table(), () -> stored(task.table()) - task.offset());
      assertThat(program.run(() -> task.client().connect(server.port()), () -> {})).isTrue();
      assertThat(program.taken())
          .as("%s", task)
          .isEqualTo(IntStream.range(task.offset(), ROWS).boxed().toList());
    }
  }
}
