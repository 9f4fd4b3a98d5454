package io.kadb.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteStoreTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("Ordner; mit @ Zeichen").resolve("kadb.db");
  }

  private StoreLocation location() {
    return StoreLocation.of("jdbc:sqlite:" + file());
  }

  @Nested
  class Catalog extends CatalogContract {
    @Override
    StoreLocation location() {
      return SqliteStoreTest.this.location();
    }

    @Test
    void beginsWithTheFirstOidOfAUser() {
      assertThat(newTable("t").ftoid()).isEqualTo(16384);
      assertThat(newTable("u").ftoid()).isEqualTo(16385);
    }
  }

  @Nested
  class Offsets extends OffsetsContract {
    @Override
    StoreLocation location() {
      return SqliteStoreTest.this.location();
    }
  }

  @Nested
  class Rejects extends RejectTableContract {
    @Override
    StoreLocation location() {
      return SqliteStoreTest.this.location();
    }
  }

  @Nested
  class Loads extends LoadHistoryContract {
    @Override
    StoreLocation location() {
      return SqliteStoreTest.this.location();
    }
  }

  @Nested
  class Transactions extends TransactionContract {
    @Override
    StoreLocation location() {
      return SqliteStoreTest.this.location();
    }
  }

  @Test
  void keepsItsFileAndFolderToTheOwner() throws Exception {
    Store.open(location()).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void writesAheadAndSyncsEveryCommit() throws Exception {
    try (Store store = Store.open(location());
        Connection connection = ((JdbcStore) store).connect()) {
      assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(connection, "synchronous")).isEqualTo("2");
    }
  }

  private static String pragma(Connection connection, String name) throws Exception {
    try (Statement statement = connection.createStatement();
        var result = statement.executeQuery("PRAGMA " + name)) {
      return result.getString(1);
    }
  }

  @Test
  void migratesOnceWhenManyOpenItAtTheSameTime() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Set<Long>>> results = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String name = "t" + i;
        results.add(
            threads.submit(
                () -> {
                  try (Store store = Store.open(location());
                      StoreSession session = store.session()) {
                    return Set.of(SecondProcess.createTable(session, name).ftoid());
                  }
                }));
      }
      Set<Long> given = new HashSet<>();
      for (Future<Set<Long>> result : results) {
        given.addAll(result.get(30, TimeUnit.SECONDS));
      }
      assertThat(given).hasSize(4);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void isSharedByTwoProcesses() throws Exception {
    Process first = SecondProcess.start(file(), 0);
    Process second = SecondProcess.start(file(), 1);
    try {
      for (Process process : List.of(first, second)) {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.exitValue()).as(output).isZero();
      }
    } finally {
      first.destroyForcibly();
      second.destroyForcibly();
    }

    try (Store store = Store.open(location());
        StoreSession session = store.session()) {
      assertThat(session.catalog().read().tables()).hasSize(2 * SecondProcess.ROUNDS);
      assertThat(session.offsets().read(SecondProcess.FTOID))
          .containsEntry(0, (long) SecondProcess.ROUNDS)
          .containsEntry(1, (long) SecondProcess.ROUNDS);
    }
  }

  @Test
  void refusesAStoreOfANewerVersion() throws Exception {
    Store.open(location()).close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO kadb_migrations (version) VALUES (99)");
    }

    KadbException error = Failures.of(() -> Store.open(location()));

    assertThat(error.code()).isEqualTo(ErrorCode.UNSUPPORTED);
    assertThat(error).hasMessageContaining("99").hasMessageContaining("newer kadb");
  }

  @Test
  void refusesAFileThatIsNoStore() throws Exception {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "this is not a database, however long one looks at it".repeat(99));

    KadbException error = Failures.of(() -> Store.open(location()));

    assertThat(error.code()).isEqualTo(ErrorCode.STORE_FAILED);
    assertThat(error).hasMessageContaining(file().toString());
  }

  @Test
  void saysThatAFolderCannotBeMade() throws Exception {
    Files.writeString(folder.resolve("a file"), "");

    KadbException error =
        Failures.of(
            () ->
                Store.open(
                    StoreLocation.of(
                        "jdbc:sqlite:" + folder.resolve("a file").resolve("kadb.db"))));

    assertThat(error.sqlState()).isEqualTo("08001");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:sqlite:",
        "jdbc:sqlite::memory:",
        "jdbc:sqlite:file:x",
        "jdbc:sqlite:/",
        "jdbc:h2:mem",
        ""
      })
  void refusesUrlsOfNoStore(String url) {
    KadbException error = Failures.of(() -> Store.open(StoreLocation.of(url)));

    assertThat(error.code()).isEqualTo(ErrorCode.BAD_OPTION_VALUE);
    assertThat(error).hasMessageContaining("wanted");
  }

  @Test
  void hasNoWarehouse() {
    try (Store store = Store.open(location());
        StoreSession session = store.session()) {
      KadbException error = Failures.of(session::warehouse);
      assertThat(store.isWarehouse()).isFalse();
      assertThat(error.code()).isEqualTo(ErrorCode.UNSUPPORTED);
      assertThat(error).hasMessageContaining("property store");
    }
  }

  @Test
  void showsNothingSecretOfALocation() {
    StoreLocation location =
        StoreLocation.of("jdbc:postgresql://a:geheim@h:1/db?password=geheim&x=y", "me", "geheim");

    assertThat(location).hasToString("jdbc:postgresql://h:1/db as me");
  }
}
