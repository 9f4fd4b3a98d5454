package io.kadb.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.catalog.ForeignTable;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.testing.PostgresTest;
import io.kadb.testing.TcpProxy;
import io.kadb.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@PostgresTest
class PostgresStoreIT {
  private static final long T = 20_000;
  private static final Duration WAIT = Duration.ofSeconds(20);

  private final TestPostgres postgres;

  PostgresStoreIT(TestPostgres postgres) {
    this.postgres = postgres;
  }

  @BeforeEach
  void dropSchema() throws SQLException {
    postgres.execute("DROP SCHEMA IF EXISTS kadb CASCADE");
  }

  private StoreLocation location() {
    return StoreLocation.of(postgres.jdbcUrl());
  }

  @Nested
  class Catalog extends CatalogContract {
    @Override
    StoreLocation location() {
      return PostgresStoreIT.this.location();
    }

    @Test
    void beginsFarAboveTheOidsOfTheServer() {
      assertThat(newTable("t").ftoid()).isEqualTo(3_000_000_000L);
    }

    @Test
    void waitsForADefinitionInTheMaking() throws Exception {
      session.begin();
      session.catalog().createServer(server("k"));
      Future<KadbException> second =
          inBackground(
              () ->
                  refused(
                      ErrorCode.DUPLICATE_OBJECT, () -> other.catalog().createServer(server("k"))));
      session.commit();

      assertThat(second.get(20, TimeUnit.SECONDS)).hasMessageContaining("\"k\"");
    }
  }

  @Nested
  class Offsets extends OffsetsContract {
    @Override
    StoreLocation location() {
      return PostgresStoreIT.this.location();
    }

    @Test
    void movesAPartitionWhileAnotherOneIsLocked() {
      List<OffsetChange> both = List.of(OffsetChange.insert(T, 0, 0), OffsetChange.insert(T, 1, 0));
      session.offsets().apply(both, WAIT);
      session.begin();
      session.offsets().apply(List.of(OffsetChange.move(T, 0, 0, 5)), WAIT);

      other.offsets().apply(List.of(OffsetChange.move(T, 1, 0, 7)), Duration.ZERO);
      other.offsets().apply(List.of(OffsetChange.insert(T, 2, 0)), Duration.ZERO);
      session.commit();

      assertThat(other.offsets().read(T)).containsEntry(0, 5L).containsEntry(1, 7L);
    }

    @Test
    void putsTheLockTimeoutBackInsideATransaction() throws SQLException {
      session.begin();
      session.offsets().apply(List.of(OffsetChange.insert(T, 0, 0)), Duration.ofMillis(5));

      assertThat(textOf(session, "SHOW lock_timeout")).isEqualTo("0");
    }

    @Test
    void isReadAndWrittenByOtherProgramsAsATable() throws SQLException {
      postgres.execute("INSERT INTO kadb.offsets VALUES ('pg_class'::regclass, 0, 5)");
      long ftoid = postgres.queryLong("SELECT 'pg_class'::regclass::oid");

      session.offsets().apply(List.of(OffsetChange.move(ftoid, 0, 5, 6)), WAIT);

      assertThat(postgres.queryLong("SELECT off FROM kadb.offsets")).isEqualTo(6);
    }

    @Test
    void refusesAnOffsetThatSomebodySetToNull() throws SQLException {
      postgres.execute("INSERT INTO kadb.offsets VALUES (20000, 3, NULL)");

      refused(ErrorCode.NULL_NOT_ALLOWED, () -> session.offsets().read(T));
      KadbException error = refused(ErrorCode.NULL_NOT_ALLOWED, () -> session.offsets().readAll());
      assertThat(error).hasMessageContaining("table 20000, partition 3");
    }
  }

  @Nested
  class Rejects extends RejectTableContract {
    @Override
    StoreLocation location() {
      return PostgresStoreIT.this.location();
    }
  }

  @Nested
  class Loads extends LoadHistoryContract {
    @Override
    StoreLocation location() {
      return PostgresStoreIT.this.location();
    }
  }

  @Nested
  class Transactions extends TransactionContract {
    @Override
    StoreLocation location() {
      return PostgresStoreIT.this.location();
    }

    @Test
    void holdsTheRowsOfTheWarehouseAndTheOffsetsTogether() throws SQLException {
      postgres.execute("DROP TABLE IF EXISTS loaded", "CREATE TABLE loaded(n int)");
      session.begin();
      session.offsets().apply(List.of(OffsetChange.insert(T, 0, 0)), WAIT);
      execute(session, "INSERT INTO loaded VALUES (1)");
      session.rollback();
      assertThat(postgres.queryLong("SELECT count(*) FROM loaded")).isZero();

      session.begin();
      execute(session, "INSERT INTO loaded VALUES (1)");
      session.offsets().apply(List.of(OffsetChange.insert(T, 0, 0)), WAIT);
      assertThat(postgres.queryLong("SELECT count(*) FROM loaded")).isZero();
      session.commit();

      assertThat(postgres.queryLong("SELECT count(*) FROM loaded")).isEqualTo(1);
      assertThat(other.offsets().read(T)).containsEntry(0, 0L);
    }

    @Test
    void isSavedBySavepointsFromErrorsOfTheWarehouse() throws SQLException {
      session.begin();
      session.offsets().apply(List.of(OffsetChange.insert(T, 0, 0)), WAIT);
      session.savepoint("a");
      assertThat(stateOf(session, "SELECT * FROM no_such_table")).isEqualTo("42P01");
      assertThat(Failures.of(() -> session.offsets().read(T)).sqlState()).isEqualTo("25P02");
      session.rollbackTo("a");
      session.commit();

      assertThat(other.offsets().read(T)).containsEntry(0, 0L);
    }

    @Test
    void isSavedByASavepointSetBeforeAnErrorOfTheWarehouseCameFirst() throws SQLException {
      session.begin();
      session.savepoint("a");
      assertThat(stateOf(session, "SELECT * FROM no_such_table")).isEqualTo("42P01");
      session.rollbackTo("a");
      session.offsets().apply(List.of(OffsetChange.insert(T, 0, 0)), WAIT);
      session.commit();

      assertThat(other.offsets().read(T)).containsEntry(0, 0L);
    }

    @Test
    void isLostWithItsConnectionUntilItIsRolledBack() throws SQLException {
      session.begin();
      session.offsets().apply(List.of(OffsetChange.insert(T, 0, 0)), WAIT);
      terminate(session);

      KadbException first = Failures.of(() -> session.offsets().readAll());
      assertThat(first.sqlState()).isIn("57P01", "08006");
      refused(ErrorCode.CONNECTION_LOST, () -> session.offsets().readAll());
      refused(ErrorCode.CONNECTION_LOST, session::warehouse);
      refused(ErrorCode.CONNECTION_LOST, session::commit);
      assertThat(session.inTransaction()).isFalse();

      assertThat(session.offsets().readAll()).isEmpty();
      session.begin();
      session.offsets().apply(List.of(OffsetChange.insert(T, 0, 0)), WAIT);
      session.commit();
      assertThat(other.offsets().readAll()).hasSize(1);
    }

    @Test
    void connectsAgainIfTheConnectionBrokeWhileItWasIdle() throws SQLException {
      session.catalog().read();
      terminate(session);
      assertThat(session.catalog().read().schemas()).containsExactly("public");
      terminate(session);
      session.offsets().apply(List.of(OffsetChange.insert(T, 0, 0)), WAIT);
      terminate(session);
      session.begin();
      session.offsets().apply(List.of(OffsetChange.move(T, 0, 0, 1)), WAIT);
      session.commit();

      assertThat(other.offsets().read(T)).containsEntry(0, 1L);
    }

    @Test
    void cancelsAStatementOfTheWarehouse() throws Exception {
      session.warehouse();
      Future<String> sleeping = inBackground(() -> stateOf(session, "SELECT pg_sleep(60)"));
      long deadline = System.nanoTime() + WAIT.toNanos();
      while (!sleeping.isDone() && System.nanoTime() < deadline) {
        session.abort();
      }

      assertThat(sleeping.get(1, TimeUnit.SECONDS)).isEqualTo("57014");
    }

    private void terminate(StoreSession victim) throws SQLException {
      String pid = textOf(victim, "SELECT pg_backend_pid()");
      postgres.queryText("SELECT pg_terminate_backend(" + pid + ", 10000)");
    }
  }

  @Nested
  class Adoption {
    @Test
    void keepsTheOffsetsThatWereThere() throws SQLException {
      postgres.execute(
          "CREATE SCHEMA kadb",
          "CREATE TABLE kadb.offsets(ftoid OID, prt INT, off BIGINT, PRIMARY KEY(ftoid, prt))",
          "INSERT INTO kadb.offsets VALUES (16385, 0, 42), (3000000007, 1, 43)");
      long table = postgres.queryLong("SELECT 'kadb.offsets'::regclass::oid");

      try (Store store = Store.open(location());
          StoreSession session = store.session()) {
        assertThat(session.offsets().readAll())
            .containsExactly(new OffsetRow(16385, 0, 42), new OffsetRow(3_000_000_007L, 1, 43));
        ForeignTable created = StoreFixture.newTable(session, "t");
        assertThat(created.ftoid()).isEqualTo(3_000_000_008L);
      }
      assertThat(postgres.queryLong("SELECT 'kadb.offsets'::regclass::oid")).isEqualTo(table);
    }

    @Test
    void refusesATableThatIsSomethingElse() throws SQLException {
      List<String> tables =
          List.of(
              "(ftoid OID, prt INT, off INT, PRIMARY KEY(ftoid, prt))",
              "(ftoid OID, prt INT, PRIMARY KEY(ftoid, prt))",
              "(ftoid OID, prt INT, off BIGINT)",
              "(ftoid OID, prt INT, off BIGINT, PRIMARY KEY(ftoid, prt, off))",
              "(ftoid OID, prt INT, off BIGINT, PRIMARY KEY(ftoid, off))",
              "(ftoid OID, prt INT, off BIGINT, n INT NOT NULL, PRIMARY KEY(ftoid, prt))");
      for (String table : tables) {
        postgres.execute(
            "DROP SCHEMA IF EXISTS kadb CASCADE",
            "CREATE SCHEMA kadb",
            "CREATE TABLE kadb.offsets" + table);

        KadbException error = Failures.of(() -> Store.open(location()));

        assertThat(error.code()).as(table).isEqualTo(ErrorCode.INVALID_DEFINITION);
        assertThat(error).hasMessageContaining("PRIMARY KEY (ftoid, prt)");
        assertThat(postgres.queryText("SELECT to_regclass('kadb.servers')")).isEqualTo("null");
      }
    }
  }

  @Test
  void migratesOnceWhenManyOpenItAtTheSameTime() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Long>> results = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String name = "t" + i;
        results.add(
            threads.submit(
                () -> {
                  try (Store store = Store.open(location());
                      StoreSession session = store.session()) {
                    return SecondProcess.createTable(session, name).ftoid();
                  }
                }));
      }
      List<Long> given = new ArrayList<>();
      for (Future<Long> result : results) {
        given.add(result.get(30, TimeUnit.SECONDS));
      }
      assertThat(given).doesNotHaveDuplicates();
    } finally {
      threads.shutdownNow();
    }
    assertThat(postgres.queryLong("SELECT count(*) FROM kadb.migrations"))
        .isEqualTo(Migrations.LATEST);
  }

  @Test
  void refusesAStoreOfANewerVersion() throws SQLException {
    Store.open(location()).close();
    postgres.execute("INSERT INTO kadb.migrations VALUES (99)");

    KadbException error = Failures.of(() -> Store.open(location()));

    assertThat(error.code()).isEqualTo(ErrorCode.UNSUPPORTED);
    assertThat(error).hasMessageContaining("99").hasMessageContaining("newer kadb");
  }

  @Test
  void passesOnThatThePasswordIsWrongWithoutShowingIt() throws Exception {
    postgres.execute(
        "DROP ROLE IF EXISTS kadb_password", "CREATE ROLE kadb_password LOGIN PASSWORD 'right'");
    Path rules = Path.of(postgres.queryText("SHOW hba_file"));
    String before = Files.readString(rules);
    Files.writeString(rules, "host all kadb_password all scram-sha-256\n" + before);
    try {
      postgres.execute("SELECT pg_reload_conf()");
      String url = postgres.jdbcUrl().replaceFirst("\\?.*", "");
      postgres.execute("CREATE SCHEMA kadb AUTHORIZATION kadb_password");
      Store.open(StoreLocation.of(url, "kadb_password", "right")).close();

      for (StoreLocation location :
          List.of(
              StoreLocation.of(url, "kadb_password", "geheim#1"),
              StoreLocation.of(url + "?user=kadb_password&password=geheim%231"))) {
        KadbException error = Failures.of(() -> Store.open(location));
        assertThat(error.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED);
        assertThat(error.sqlState()).isEqualTo("28P01");
        assertThat(error)
            .hasMessageContaining("kadb_password")
            .hasCauseInstanceOf(SQLException.class);
        assertThat(error + " " + error.getCause() + " " + location).doesNotContain("geheim");
      }
    } finally {
      Files.writeString(rules, before);
      postgres.execute("SELECT pg_reload_conf()");
    }
  }

  @Test
  void passesOnThatTheUserMayNotMakeTables() throws SQLException {
    postgres.execute("DROP ROLE IF EXISTS kadb_guest", "CREATE ROLE kadb_guest LOGIN");
    String url = postgres.jdbcUrl().replaceFirst("\\?.*", "");

    KadbException error =
        Failures.of(
            () -> Store.open(new StoreLocation(url, Optional.of("kadb_guest"), Optional.empty())));

    assertThat(error.code()).isEqualTo(ErrorCode.NOT_AUTHORIZED);
    assertThat(error.sqlState()).isEqualTo("42501");
  }

  @Test
  void saysThatNobodyAnswers() throws Exception {
    try (TcpProxy proxy = new TcpProxy()) {
      proxy.refuse();
      KadbException error =
          Failures.of(() -> Store.open(StoreLocation.of(postgres.jdbcUrl(proxy.port()))));

      assertThat(error.code()).isEqualTo(ErrorCode.STORE_FAILED);
      assertThat(error.sqlState()).startsWith("08");
      assertThat(error).hasMessageContaining("jdbc:postgresql://127.0.0.1:" + proxy.port());
    }
  }

  @Test
  void refusesAMalformedUrlWithoutShowingItsParameters() {
    KadbException error =
        Failures.of(
            () -> Store.open(StoreLocation.of("jdbc:postgresql://h:port/db?password=geheim")));

    assertThat(error.code()).isEqualTo(ErrorCode.BAD_OPTION_VALUE);
    assertThat(error.getMessage()).contains("//h:port/db").doesNotContain("geheim");
  }

  private static void execute(StoreSession session, String sql) throws SQLException {
    try (Statement statement = session.warehouse().createStatement()) {
      statement.execute(sql);
    }
  }

  private static String stateOf(StoreSession session, String sql) {
    try {
      execute(session, sql);
      return "no error";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  private static String textOf(StoreSession session, String sql) throws SQLException {
    try (Statement statement = session.warehouse().createStatement();
        var result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
