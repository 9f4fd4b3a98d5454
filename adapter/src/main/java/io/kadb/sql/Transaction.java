package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.store.OffsetChange;
import io.kadb.store.OffsetRow;
import io.kadb.store.StoreSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The transaction of a session.
 *
 * <p>Moves of offsets are kept here until commit, and applied then by compare-and-set in one
 * transaction of the store: the store is not locked while results are open. Once something else was
 * written (rows of the warehouse, definitions), the store's transaction is open, and moves are
 * applied in it at once. Under autocommit each statement applies its own.
 */
final class Transaction {
  /** How long a commit waits for another session's lock. */
  private static final Duration LOCK_WAIT = Duration.ofSeconds(2);

  private final StoreSession store;
  private final Map<String, Mark> savepoints = new LinkedHashMap<>();
  private SortedMap<Key, Move> pending = new TreeMap<>();
  private boolean autoCommit = true;

  /** Whether BEGIN opened a transaction although autocommit is on. */
  private boolean block;

  /** Whether the store's transaction holds something that this transaction wrote. */
  private boolean written;

  /** How many statements wrote to the store in this transaction. */
  private long writes;

  /** Whether the transaction was undone because of a failure and waits for its end. */
  private boolean failed;

  private int savepointCount;

  Transaction(StoreSession store) {
    this.store = store;
  }

  private record Key(long ftoid, int partition) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byTable = Long.compare(ftoid, other.ftoid);
      return byTable != 0 ? byTable : Integer.compare(partition, other.partition);
    }
  }

  /** What a partition's row must be in the store, and what it becomes. */
  private record Move(OptionalLong expected, OptionalLong next) {}

  /** What a savepoint goes back to. */
  private record Mark(SortedMap<Key, Move> pending, boolean storeOpen, boolean written) {}

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
    SortedMap<Integer, Long> offsets = new TreeMap<>(store.offsets().read(ftoid));
    pending.forEach(
        (key, move) -> {
          if (key.ftoid() == ftoid) {
            move.next()
                .ifPresentOrElse(
                    next -> offsets.put(key.partition(), next),
                    () -> offsets.remove(key.partition()));
          }
        });
    return offsets;
  }

  /** Returns all stored offsets as this transaction sees them, sorted. */
  List<OffsetRow> offsets() {
    SortedMap<Key, OffsetRow> rows = new TreeMap<>();
    for (OffsetRow row : store.offsets().readAll()) {
      rows.put(new Key(row.ftoid(), row.partition()), row);
    }
    pending.forEach(
        (key, move) ->
            move.next()
                .ifPresentOrElse(
                    next -> rows.put(key, new OffsetRow(key.ftoid(), key.partition(), next)),
                    () -> rows.remove(key)));
    return List.copyOf(rows.values());
  }

  /**
   * Moves offsets, at once under autocommit, otherwise at commit.
   *
   * @param changes what to move; each expects what this transaction sees
   * @throws KadbException 40001 if another session moved them
   */
  void move(List<OffsetChange> changes, Duration lockWait) {
    if (changes.isEmpty()) {
      return;
    }
    if (!open() || written) {
      store.offsets().apply(changes, lockWait);
      return;
    }
    SortedMap<Key, Move> moved = new TreeMap<>(pending);
    for (OffsetChange change : changes) {
      Key key = new Key(change.ftoid(), change.partition());
      Move earlier = pending.get(key);
      if (earlier != null && !earlier.next().equals(change.expected())) {
        throw movedHere(change, earlier);
      }
      OptionalLong expected = earlier == null ? change.expected() : earlier.expected();
      moved.put(key, new Move(expected, change.next()));
    }
    pending = moved;
  }

  /** While a result was open, another statement of the same transaction moved the offset. */
  private static KadbException movedHere(OffsetChange change, Move earlier) {
    return new KadbException(
            ErrorCode.OFFSETS_MOVED,
            "the stored offset of table "
                + change.ftoid()
                + ", partition "
                + change.partition()
                + " was changed in this transaction: found "
                + shown(earlier.next())
                + ", wanted "
                + shown(change.expected()))
        .withHint("end a result before changing the offsets it reads from");
  }

  private static String shown(OptionalLong offset) {
    return offset.isPresent() ? Long.toString(offset.getAsLong()) : "none";
  }

  /** Returns how many statements wrote to the store in this transaction. */
  long writes() {
    return writes;
  }

  /** Undoes everything; what follows is refused until the transaction is ended. */
  void fail(Throwable cause) {
    failed = true;
    pending = new TreeMap<>();
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
    openStore();
    if (open() && !written) {
      store.offsets().apply(changes(pending), LOCK_WAIT);
      pending = new TreeMap<>();
      written = true;
    }
  }

  /**
   * Runs a piece of work in the store's transaction; if it fails, what it did is undone and the
   * transaction goes on. Under autocommit it is committed.
   */
  void inStore(Runnable work) {
    writeStore();
    writes++;
    String savepoint = statementSavepoint();
    try {
      work.run();
      store.release(savepoint);
    } catch (RuntimeException | Error e) {
      undo(savepoint, e);
      throw e;
    }
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
      if (!open()) {
        store.rollback();
      } else {
        store.rollbackTo(savepoint);
      }
    } catch (KadbException e) {
      cause.addSuppressed(e);
    }
  }

  /** Ends a statement that used the store's transaction and succeeded. */
  void endStatement() {
    if (!open() && store.inTransaction()) {
      store.commit();
    }
  }

  /**
   * Commits.
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
      if (!pending.isEmpty()) {
        store.offsets().apply(changes(pending), LOCK_WAIT);
      }
      if (store.inTransaction()) {
        store.commit();
      }
    } catch (RuntimeException | Error e) {
      try {
        rollback();
      } catch (KadbException rollback) {
        e.addSuppressed(rollback);
      }
      throw e;
    }
    clear();
  }

  void rollback() {
    clear();
    if (store.inTransaction()) {
      store.rollback();
    }
  }

  private void clear() {
    pending = new TreeMap<>();
    savepoints.clear();
    written = false;
    block = false;
    failed = false;
  }

  void savepoint(String name) {
    if (!open()) {
      throw new KadbException(
          ErrorCode.NO_SUCH_SAVEPOINT, "a savepoint needs a transaction: turn autocommit off");
    }
    boolean storeOpen = store.inTransaction();
    if (storeOpen) {
      store.savepoint(name);
    }
    savepoints.remove(name);
    savepoints.put(name, new Mark(new TreeMap<>(pending), storeOpen, written));
  }

  void rollbackTo(String name) {
    checkUsable();
    Mark mark = mark(name);
    if (mark.storeOpen()) {
      store.rollbackTo(name);
    } else if (store.inTransaction()) {
      store.rollback();
    }
    pending = new TreeMap<>(mark.pending());
    written = mark.written();
    forgetAfter(name);
  }

  void release(String name) {
    if (mark(name).storeOpen()) {
      store.release(name);
    }
    forgetAfter(name);
    savepoints.remove(name);
  }

  private Mark mark(String name) {
    Mark mark = savepoints.get(name);
    if (mark == null) {
      throw new KadbException(
          ErrorCode.NO_SUCH_SAVEPOINT,
          "savepoint " + KadbException.shown(name) + " does not exist");
    }
    return mark;
  }

  private void forgetAfter(String name) {
    List<String> names = new ArrayList<>(savepoints.keySet());
    names.subList(names.indexOf(name) + 1, names.size()).forEach(savepoints::remove);
  }

  private static List<OffsetChange> changes(SortedMap<Key, Move> moves) {
    List<OffsetChange> changes = new ArrayList<>();
    moves.forEach(
        (key, move) ->
            changes.add(
                new OffsetChange(key.ftoid(), key.partition(), move.expected(), move.next())));
    return changes;
  }
}
