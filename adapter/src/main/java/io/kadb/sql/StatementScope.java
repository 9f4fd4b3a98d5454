package io.kadb.sql;

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
   */
  static StatementScope begin(SessionState session, boolean readsWarehouse) {
    Transaction transaction = session.transaction();
    if (!readsWarehouse) {
      return new StatementScope(transaction, null);
    }
    return new StatementScope(transaction, transaction.beginRead());
  }

  /** The first row has come. */
  void reading() {
    if (savepoint != null) {
      transaction.reading();
    }
  }

  /** The statement succeeded. */
  void succeed() {
    if (end()) {
      transaction.endRead();
      transaction.endStatement();
    }
  }

  /** The statement failed: what it did is undone, the transaction goes on. */
  void fail(Throwable cause) {
    if (end()) {
      transaction.undoRead(savepoint(), cause);
      transaction.endRead();
    }
  }

  /** The statement was given up: a query has nothing to undo, but under autocommit it ends. */
  void abandon() {
    if (end()) {
      transaction.endRead();
      if (!transaction.open()) {
        transaction.undo(savepoint(), new IllegalStateException("given up"));
      }
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
