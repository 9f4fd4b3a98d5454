package io.kadb.sql;

import io.kadb.store.StoreSession;
import org.jspecify.annotations.Nullable;

/**
 * Where the store's transaction goes back to when a result over the warehouse fails. PostgreSQL
 * refuses everything after an error until a rollback, and the savepoint from before the result
 * would also undo what other statements wrote while it was open. So a new savepoint is set behind
 * each of their writes.
 */
final class ReadGuard {
  private final StoreSession store;
  private int reads;
  private int count;
  private @Nullable String savepoint;
  private @Nullable Object usersSavepoint;

  ReadGuard(StoreSession store) {
    this.store = store;
  }

  /** A result is opened. */
  void readBegins() {
    reads++;
  }

  /** A result has ended, however that was. */
  void readEnds() {
    reads--;
    if (reads == 0) {
      forget();
    }
  }

  /** Returns whether more than one result is open. */
  boolean othersRead() {
    return reads > 1;
  }

  /**
   * Keeps everything up to now from what a failing result undoes.
   *
   * @param lastOfUser the latest savepoint of the user, which must not be released
   */
  void keep(@Nullable Object lastOfUser) {
    if (reads == 0) {
      return;
    }
    if (savepoint != null && usersSavepoint == lastOfUser) {
      store.release(savepoint);
    }
    savepoint = null;
    String name = "kadb_guard_" + count++;
    store.savepoint(name);
    savepoint = name;
    usersSavepoint = lastOfUser;
  }

  /** Undoes what a failing result has begun, and nothing else. */
  void rollBack(String beforeResult) {
    store.rollbackTo(savepoint != null ? savepoint : beforeResult);
  }

  /** The transaction is over, or went back to before the savepoint. */
  void forget() {
    savepoint = null;
    usersSavepoint = null;
  }
}
