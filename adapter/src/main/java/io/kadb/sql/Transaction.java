package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.kafka.KafkaClients;
import io.kadb.store.OffsetChange;
import io.kadb.store.OffsetRow;
import io.kadb.store.RejectRow;
import io.kadb.store.StoreSession;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;

/**
 * The transaction of a session.
 *
 * <p>Moves of offsets are kept here until commit, and applied then by compare-and-set in one
 * transaction of the store: the store is not locked while results are open. Once something else was
 * written (rows of the warehouse, definitions), the store's transaction is open, and moves are
 * applied in it at once. Under autocommit each statement applies its own. Consumer groups get their
 * offsets after the store has committed.
 */
final class Transaction {
  private final StoreSession store;
  private final MoveWriter writer;
  private final KafkaClients clients;
  private final SavepointMarks savepoints = new SavepointMarks();
  private PendingMoves pending = PendingMoves.NONE;
  private GroupCommits groupCommits = GroupCommits.NONE;
  private boolean autoCommit = true;

  /** Whether BEGIN opened a transaction although autocommit is on. */
  private boolean block;

  /** Whether the store's transaction holds something that this transaction wrote. */
  private boolean written;

  /** How long a commit waits for another session's lock: the longest that a move may wait. */
  private Duration commitWait = Duration.ZERO;

  /** Whether the transaction was undone because of a failure and waits for its end. */
  private boolean failed;

  /** Whether a statement works in the store whose own savepoint must stay. */
  private boolean inStatement;

  private final TopicWrites topics;
  private int savepointCount;
  private final ReadGuard guard;

  Transaction(StoreSession store, KafkaClients clients) {
    this.store = store;
    this.writer = new MoveWriter(store);
    this.guard = new ReadGuard(store);
    this.clients = clients;
    this.topics = new TopicWrites(clients);
  }

  /** Returns what statements of this transaction write to topics, unless under autocommit. */
  TopicWrites topics() {
    return topics;
  }

  boolean autoCommit() {
    return autoCommit;
  }

  /** Turns autocommit on or off; a change commits what is open. */
  void setAutoCommit(boolean on) {
    if (on != autoCommit) {
      commit();
      autoCommit = on;
    }
  }

  /** Begins a transaction although autocommit is on. */
  void begin() {
    block = true;
  }

  /** Returns whether statements wait for a commit. */
  boolean open() {
    return !autoCommit || block;
  }

  /** Returns the stored offsets of a table as this transaction sees them. */
  SortedMap<Integer, Long> offsets(long ftoid) {
    return pending.over(ftoid, store.offsets().read(ftoid));
  }

  /** Returns all stored offsets as this transaction sees them, sorted. */
  List<OffsetRow> offsets() {
    return pending.over(store.offsets().readAll());
  }

  /**
   * Moves offsets, at once under autocommit, otherwise at commit.
   *
   * @param changes what to move; each expects what this transaction sees
   * @param rejects the rejected messages that go with it
   * @throws KadbException 40001 if another session moved them
   */
  void move(List<OffsetChange> changes, RejectChanges rejects, Duration lockWait) {
    if (changes.isEmpty() && rejects.isEmpty()) {
      return;
    }
    checkUsable();
    if (!open() || written) {
      writer.apply(changes, rejects, lockWait);
      keepWritten();
      return;
    }
    commitWait = lockWait.compareTo(commitWait) > 0 ? lockWait : commitWait;
    pending = pending.and(changes, rejects);
  }

  /**
   * Returns all rejected messages, without those that this transaction removed, and each without
   * its body.
   */
  List<RejectRow> rejects() {
    return pending.rejects().over(store.rejects().list());
  }

  /** Returns the rejected messages that come into the store at commit. */
  List<RejectChanges.Added> pendingRejects() {
    return pending.rejects().added();
  }

  /** The same for the rejected messages of a table. */
  List<RejectRow> rejects(long ftoid) {
    return pending.rejects().over(store.rejects().list(ftoid));
  }

  /** Commits to consumer groups, under autocommit at the statement's end, otherwise at commit. */
  void commitToGroups(GroupCommits commits, BooleanSupplier cancelled) {
    groupCommits = groupCommits.and(commits);
    if (!open() && !store.inTransaction()) {
      takeGroupCommits().run(clients, cancelled);
    }
  }

  private GroupCommits takeGroupCommits() {
    GroupCommits taken = groupCommits;
    groupCommits = GroupCommits.NONE;
    return taken;
  }

  /** What was written so far survives the failure of a result that is open. */
  private void keepWritten() {
    if (open() && !inStatement) {
      guard.keep(savepoints.last());
    }
  }

  /** Begins to read the warehouse: returns the savepoint to go back to if that fails. */
  String beginRead() {
    openStore();
    String savepoint = statementSavepoint();
    guard.readBegins();
    return savepoint;
  }

  /** The rows have begun to come: the failure of another result must not end them. */
  void reading() {
    if (guard.othersRead()) {
      keepWritten();
    }
  }

  /** The reading that began with this savepoint has ended. */
  void endRead() {
    guard.readEnds();
  }

  /** Undoes a reading of the warehouse that failed; other statements' writes stay. */
  void undoRead(String savepoint, Throwable cause) {
    try {
      if (open()) {
        guard.rollBack(savepoint);
      } else {
        store.rollback();
      }
    } catch (KadbException e) {
      cause.addSuppressed(e);
      if (open()) {
        fail(cause);
      }
    }
  }

  /** Undoes everything; what follows is refused until the transaction is ended. */
  void fail(Throwable cause) {
    failed = true;
    written = false;
    pending = PendingMoves.NONE;
    groupCommits = GroupCommits.NONE;
    topics.abort();
    try {
      store.rollback();
    } catch (KadbException e) {
      cause.addSuppressed(e);
    }
  }

  /**
   * Checks that statements may run.
   *
   * @throws KadbException 25P02 if the transaction failed
   */
  void checkUsable() {
    if (failed) {
      throw new KadbException(
              ErrorCode.TRANSACTION_FAILED, "the transaction was undone because of a failure")
          .withHint("ROLLBACK, and do it again");
    }
  }

  /** Opens the store's transaction if it is not, for reading. */
  void openStore() {
    if (!store.inTransaction()) {
      store.begin();
    }
  }

  /** Opens the store's transaction for writing: moves kept so far are applied in it. */
  void writeStore() {
    checkUsable();
    openStore();
    if (open() && !written) {
      writer.apply(pending.changes(), pending.rejects(), commitWait);
      pending = PendingMoves.NONE;
      written = true;
      keepWritten();
    }
  }

  /**
   * Runs a piece of work in the store's transaction; if it fails, what it did is undone and the
   * transaction goes on. Under autocommit it is committed.
   */
  void inStore(Runnable work) {
    writeStore();
    String savepoint = statementSavepoint();
    GroupCommits before = groupCommits;
    inStatement = true;
    try {
      work.run();
      store.release(savepoint);
    } catch (RuntimeException | Error e) {
      undo(savepoint, e);
      groupCommits = before;
      throw e;
    } finally {
      inStatement = false;
    }
    keepWritten();
    endStatement();
  }

  /** Sets a savepoint of the store at the beginning of a statement and returns its name. */
  String statementSavepoint() {
    String name = "kadb_statement_" + savepointCount++;
    store.savepoint(name);
    return name;
  }

  /** Undoes a statement that failed. */
  void undo(String savepoint, Throwable cause) {
    try {
      if (open()) {
        store.rollbackTo(savepoint);
      } else {
        groupCommits = GroupCommits.NONE;
        store.rollback();
      }
    } catch (KadbException e) {
      cause.addSuppressed(e);
    }
  }

  /** Ends a statement that used the store's transaction and succeeded. */
  void endStatement() {
    if (!open() && store.inTransaction()) {
      // Taken before, so that what belongs to a commit that fails is forgotten.
      GroupCommits forGroups = takeGroupCommits();
      store.commit();
      forGroups.run(clients, () -> false);
    }
  }

  /**
   * Commits: what was written to topics, then the store, then the offsets of consumer groups.
   *
   * @throws KadbException 40001 if another session moved offsets; everything is rolled back then
   */
  void commit() {
    if (failed) {
      clear();
      throw new KadbException(
          ErrorCode.TRANSACTION_FAILED,
          "the transaction was undone because of a failure: nothing was committed");
    }
    try {
      if (topics.sent() > 0 && !pending.isEmpty()) {
        // Another session's move is noticed while the messages can still be taken back.
        writeStore();
      }
      topics.commitThen(this::commitStore);
    } catch (RuntimeException | Error e) {
      try {
        rollback();
      } catch (KadbException rollback) {
        e.addSuppressed(rollback);
      }
      throw e;
    }
    GroupCommits forGroups = takeGroupCommits();
    clear();
    forGroups.run(clients, () -> false);
  }

  private void commitStore() {
    if (!pending.isEmpty()) {
      writer.apply(pending.changes(), pending.rejects(), commitWait);
    }
    if (store.inTransaction()) {
      store.commit();
    }
  }

  void rollback() {
    clear();
    if (store.inTransaction()) {
      store.rollback();
    }
  }

  private void clear() {
    topics.abort();
    guard.forget();
    pending = PendingMoves.NONE;
    groupCommits = GroupCommits.NONE;
    savepoints.clear();
    written = false;
    block = false;
    failed = false;
    commitWait = Duration.ZERO;
  }

  /** Sets a savepoint; an earlier one of the same name is hidden by it. */
  void savepoint(String name) {
    checkUsable();
    if (!open()) {
      throw new KadbException(
          ErrorCode.NO_TRANSACTION,
          "a savepoint needs a transaction: BEGIN, or turn autocommit off");
    }
    boolean storeOpen = store.inTransaction();
    if (storeOpen) {
      store.savepoint(name);
    }
    savepoints.add(
        new SavepointMarks.Mark(name, pending, groupCommits, topics.sent(), storeOpen, written));
    keepWritten();
  }

  /** Undoes what was done since a savepoint, which stays. */
  void rollbackTo(String name) {
    checkUsable();
    SavepointMarks.Mark mark = savepoints.get(name);
    topics.backTo(mark.messages());
    guard.forget();
    if (mark.storeOpen()) {
      store.rollbackTo(name);
    } else if (store.inTransaction()) {
      store.rollback();
    }
    pending = mark.pending();
    groupCommits = mark.groupCommits();
    written = mark.written();
    savepoints.forgetAfter(mark);
  }

  /** Forgets a savepoint and those set after it. */
  void release(String name) {
    checkUsable();
    SavepointMarks.Mark mark = savepoints.get(name);
    if (mark.storeOpen()) {
      store.release(name);
      guard.forget();
    }
    savepoints.forgetFrom(mark);
    keepWritten();
  }
}
