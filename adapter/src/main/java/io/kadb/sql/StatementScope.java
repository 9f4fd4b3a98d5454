package io.kadb.sql;

import org.jspecify.annotations.Nullable;

/**
 * What a statement needs of the store's transaction while it runs. A statement that does not touch
 * the warehouse needs nothing: the store is not locked while its result is open.
 */
final class StatementScope {
  private final Transaction transaction;
  private final @Nullable String savepoint;
  private final long writesBefore;
  private boolean over;

  private StatementScope(Transaction transaction, @Nullable String savepoint) {
    this.transaction = transaction;
    this.savepoint = savepoint;
    this.writesBefore = transaction.writes();
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
    transaction.openStore();
    return new StatementScope(transaction, transaction.statementSavepoint());
  }

  /** The statement succeeded. */
  void succeed() {
    if (end()) {
      transaction.endStatement();
    }
  }

  /**
   * The statement failed: what it did is undone, the transaction goes on. If other statements wrote
   * while its result was open, their rows cannot be told from its own: then the transaction fails.
   */
  void fail(Throwable cause) {
    if (!end()) {
      return;
    }
    if (transaction.open() && transaction.writes() != writesBefore) {
      transaction.fail(cause);
    } else {
      transaction.undo(savepoint(), cause);
    }
  }

  /** The statement was given up: a query has nothing to undo, but under autocommit it ends. */
  void abandon() {
    if (end() && !transaction.open()) {
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
