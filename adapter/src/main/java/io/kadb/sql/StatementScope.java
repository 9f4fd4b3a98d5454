package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import org.jspecify.annotations.Nullable;

/**
 * What a statement needs of the store's transaction while it runs. A statement that does not touch
 * the warehouse needs nothing: the store is not locked while its result is open.
 */
final class StatementScope {
  private final Transaction transaction;
  private final @Nullable String savepoint;
  private boolean over;

  private StatementScope(Transaction transaction, @Nullable String savepoint) {
    this.transaction = transaction;
    this.savepoint = savepoint;
  }

  /**
   * Begins a query.
   *
   * @param readsWarehouse whether it reads tables of the warehouse
   * @throws KadbException 55006 if another open result of the session does, under autocommit
   */
  static StatementScope begin(SessionState session, boolean readsWarehouse) {
    Transaction transaction = session.transaction();
    if (!readsWarehouse) {
      return new StatementScope(transaction, null);
    }
    if (!transaction.open() && session.warehouseInUse()) {
      throw new KadbException(
              ErrorCode.OBJECT_IN_USE,
              "another result of this connection reads tables of the warehouse")
          .withHint("read it to its end, close it, or turn autocommit off");
    }
    transaction.openStore();
    return new StatementScope(transaction, transaction.statementSavepoint());
  }

  /** The statement succeeded. */
  void succeed() {
    if (end()) {
      transaction.endStatement();
    }
  }

  /** The statement failed: what it did is undone, the transaction goes on. */
  void fail(Throwable cause) {
    if (end()) {
      transaction.undo(savepoint(), cause);
    }
  }

  /** The statement was given up; there is nothing of it to undo, but under autocommit it ends. */
  void abandon() {
    if (end()) {
      transaction.undo(savepoint(), new IllegalStateException("given up"));
    }
  }

  private boolean end() {
    boolean first = !over && savepoint != null;
    over = true;
    return first;
  }

  private String savepoint() {
    if (savepoint == null) {
      throw new IllegalStateException("no savepoint was set");
    }
    return savepoint;
  }
}
