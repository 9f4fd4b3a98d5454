package io.kadb.store;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A store in a file of SQLite, for one machine; several processes may share it.
 *
 * <p>Connections stay in autocommit mode as far as the driver knows: a driver told otherwise locks
 * out all other writers from one commit to the next change. Transactions are begun and ended by
 * statements of ours, IMMEDIATE, because one that reads first and writes then is refused at once
 * when somebody else writes.
 */
final class SqliteStore extends JdbcStore {
  /** The first OID that PostgreSQL would give to a user's table. */
  private static final long FIRST_FTOID = 16384;

  /** How long SQLite itself waits before it is asked whether to go on. */
  private static final Duration LOCK_STEP = Duration.ofMillis(100);

  /** How long to pause after SQLite refused without waiting. */
  private static final Duration CONNECT_PAUSE = Duration.ofMillis(20);

  private final Path file;

  SqliteStore(StoreLocation location) {
    super(location);
    String path = location.sqlitePath();
    if (path.isEmpty() || path.startsWith(":") || path.startsWith("file:")) {
      throw new KadbException(
              ErrorCode.BAD_OPTION_VALUE, "store: found " + KadbException.shown(path))
          .withHint("wanted jdbc:sqlite:<path of a file>");
    }
    file = Path.of(path).toAbsolutePath();
    if (Files.isDirectory(file)) {
      throw new KadbException(
              ErrorCode.BAD_OPTION_VALUE, "store: found " + KadbException.shown(path))
          .withHint("wanted a file, not a folder");
    }
  }

  @Override
  Connection connect() {
    createFile();
    Properties properties = new Properties();
    properties.setProperty("journal_mode", "WAL");
    properties.setProperty("synchronous", "FULL");
    properties.setProperty("busy_timeout", Long.toString(LOCK_WAIT.toMillis()));
    long deadline = System.nanoTime() + LOCK_WAIT.toNanos();
    while (true) {
      try {
        return new JDBC().connect(location().url(), properties);
      } catch (SQLException e) {
        // While another process turns the log on, SQLite refuses without waiting.
        if (!busy(e) || System.nanoTime() - deadline > 0) {
          throw failure(e);
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(CONNECT_PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KadbException(ErrorCode.CANCELLED, "interrupted while opening the store", e);
    }
  }

  /** Definitions may hold passwords, so the file and a folder made for it are the owner's alone. */
  private void createFile() {
    try {
      Files.createDirectories(file.getParent(), onlyOwner("rwx------"));
      if (!Files.exists(file)) {
        Files.createFile(file, onlyOwner("rw-------"));
      }
    } catch (FileAlreadyExistsException e) {
      // Another process made it, or a file is where the folder should be: then connecting says so.
    } catch (IOException e) {
      throw new KadbException(ErrorCode.STORE_FAILED, "cannot create the store " + file, e)
          .withForeignState("08001");
    }
  }

  private static FileAttribute<?>[] onlyOwner(String permissions) {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  void start(Connection connection, Duration lockWait, BooleanSupplier cancelled)
      throws SQLException {
    long deadline = System.nanoTime() + lockWait.toNanos();
    try {
      while (true) {
        long left = Math.max(0, (deadline - System.nanoTime()) / 1_000_000);
        waitAtMost(connection, Math.min(left, LOCK_STEP.toMillis()));
        try {
          execute(connection, "BEGIN IMMEDIATE");
          return;
        } catch (SQLException e) {
          if (!busy(e) || left == 0) {
            throw e;
          }
        }
        if (cancelled.getAsBoolean()) {
          throw new KadbException(ErrorCode.CANCELLED, "cancelled while waiting for the store");
        }
      }
    } finally {
      waitAtMost(connection, LOCK_WAIT.toMillis());
    }
  }

  private static void waitAtMost(Connection connection, long millis) throws SQLException {
    execute(connection, "PRAGMA busy_timeout = " + millis);
  }

  @Override
  void commit(Connection connection) throws SQLException {
    execute(connection, "COMMIT");
  }

  @Override
  void rollback(Connection connection) throws SQLException {
    execute(connection, "ROLLBACK");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  boolean startsWithReads() {
    return false;
  }

  @Override
  void limitLockWait(Connection connection, Duration lockWait) {
    // The one lock there is was taken at the start.
  }

  @Override
  void unlimitLockWait(Connection connection) {
    // Nothing was limited.
  }

  @Override
  void cancel(Connection connection) throws SQLException {
    connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
  }

  @Override
  boolean broken(SQLException error) {
    return false;
  }

  @Override
  KadbException failure(SQLException error) {
    SQLiteErrorCode found = resultCode(error);
    ErrorCode code =
        switch (found) {
          case SQLITE_INTERRUPT -> ErrorCode.CANCELLED;
          case SQLITE_PERM, SQLITE_AUTH -> ErrorCode.NOT_AUTHORIZED;
          default -> ErrorCode.STORE_FAILED;
        };
    KadbException failure =
        new KadbException(code, "the store " + file + ": " + error.getMessage(), error);
    return switch (found) {
      case SQLITE_BUSY, SQLITE_LOCKED -> failure.withForeignState("55P03");
      case SQLITE_CANTOPEN -> failure.withForeignState("08001");
      case SQLITE_CONSTRAINT -> failure.withForeignState("23000");
      case SQLITE_READONLY -> failure.withForeignState("25006");
      case SQLITE_FULL -> failure.withForeignState("53100");
      default -> failure;
    };
  }

  private static boolean busy(SQLException error) {
    SQLiteErrorCode found = resultCode(error);
    return found == SQLiteErrorCode.SQLITE_BUSY || found == SQLiteErrorCode.SQLITE_LOCKED;
  }

  /** Returns the primary result code: the low byte of the extended one. */
  private static SQLiteErrorCode resultCode(SQLException error) {
    if (error instanceof SQLiteException sqlite) {
      return SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xFF);
    }
    return SQLiteErrorCode.getErrorCode(error.getErrorCode() & 0xFF);
  }

  @Override
  String tablePrefix() {
    return "kadb_";
  }

  @Override
  long firstFtoid() {
    return FIRST_FTOID;
  }

  /** Whoever writes is alone. */
  @Override
  String nextLoadId() {
    return "SELECT coalesce(max(load_id), 0) + 1 FROM {loads}";
  }

  /** The table counts by itself. */
  @Override
  String newRejectId() {
    return "NULL";
  }

  @Override
  String timeOfMillis(String millis) {
    return millis;
  }

  @Override
  String millisOfTime(String time) {
    return time;
  }

  @Override
  String migrations() {
    return "sqlite";
  }

  @Override
  boolean hasMigrations(StoreSql sql) throws SQLException {
    return sql.exists("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '{migrations}'");
  }

  @Override
  void lockMigrations(StoreSql sql) {
    // Whoever writes is alone.
  }

  @Override
  void checkAdopted(StoreSql sql) {
    // Nobody but kadb makes such a file.
  }
}
