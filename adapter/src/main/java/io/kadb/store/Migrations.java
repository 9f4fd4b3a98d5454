package io.kadb.store;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The numbered steps that bring the tables of a store up to date: resources {@code
 * <form>/<number>.sql}, each run once. A released step is never changed; a new one is added.
 *
 * <p>Statements are separated by a semicolon at the end of a line.
 */
final class Migrations {
  /** The number of the last step. */
  static final int LATEST = 3;

  private static final Duration LOCK_WAIT = Duration.ofMinutes(1);

  private final JdbcStore store;
  private final StoreTransaction transaction;

  Migrations(JdbcStore store, StoreTransaction transaction) {
    this.store = store;
    this.transaction = transaction;
  }

  /** Runs the steps that the store has not had. */
  void run() {
    if (transaction.read(this::version) < LATEST) {
      transaction.write(LOCK_WAIT, this::runMissing);
    }
  }

  private int version(StoreSql sql) throws SQLException {
    if (!store.hasMigrations(sql)) {
      return 0;
    }
    int version =
        sql.number("SELECT max(version) FROM {migrations}").map(Math::toIntExact).orElse(0);
    if (version > LATEST) {
      throw new KadbException(
              ErrorCode.UNSUPPORTED,
              "the store %s is of version %s; this program knows versions up to %s"
                  .formatted(store, version, LATEST))
          .withHint("use a newer kadb with this store");
    }
    return version;
  }

  private int runMissing(StoreSql sql) throws SQLException {
    store.lockMigrations(sql);
    int version = version(sql);
    while (version < LATEST) {
      version++;
      for (String statement : statements(version)) {
        sql.run(statement);
      }
      sql.update("INSERT INTO {migrations} (version) VALUES (?)", version);
    }
    store.checkAdopted(sql);
    return version;
  }

  private String[] statements(int version) {
    String name = store.migrations() + "/" + version + ".sql";
    try (InputStream script = Migrations.class.getResourceAsStream(name)) {
      if (script == null) {
        throw new KadbException(ErrorCode.INTERNAL, "no migration " + name);
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8).split(";\\s*\\R");
    } catch (IOException e) {
      throw new KadbException(ErrorCode.INTERNAL, "cannot read migration " + name, e);
    }
  }
}
