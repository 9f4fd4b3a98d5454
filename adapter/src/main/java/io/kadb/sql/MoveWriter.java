package io.kadb.sql;

import io.kadb.error.KadbException;
import io.kadb.store.OffsetChange;
import io.kadb.store.StoreSession;
import java.time.Duration;
import java.util.List;

/** Writes moves of offsets, and the rejected messages that go with them, into the store. */
final class MoveWriter {
  private static final String SAVEPOINT = "kadb_moves";

  private final StoreSession store;

  MoveWriter(StoreSession store) {
    this.store = store;
  }

  /**
   * Writes all or nothing, in the store's transaction if there is one.
   *
   * @throws KadbException 40001 if another session moved an offset
   */
  void apply(List<OffsetChange> changes, RejectChanges rejects, Duration lockWait) {
    if (rejects.isEmpty()) {
      store.offsets().apply(changes, lockWait);
      return;
    }
    boolean own = !store.inTransaction();
    if (own) {
      store.begin();
    }
    store.savepoint(SAVEPOINT);
    try {
      store.offsets().apply(changes, lockWait);
      rejects.applyTo(store.rejects());
      store.release(SAVEPOINT);
      if (own) {
        store.commit();
      }
    } catch (RuntimeException | Error e) {
      undo(own, e);
      throw e;
    }
  }

  private void undo(boolean own, Throwable cause) {
    try {
      if (own) {
        store.rollback();
      } else {
        store.rollbackTo(SAVEPOINT);
        store.release(SAVEPOINT);
      }
    } catch (KadbException e) {
      cause.addSuppressed(e);
    }
  }
}
