package io.kadb.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** A statement that runs in this process, whatever its session. Safe for several threads. */
final class RunningQuery {
  private static final AtomicLong LAST_ID = new AtomicLong();
  private static final ConcurrentNavigableMap<Long, RunningQuery> RUNNING =
      new ConcurrentSkipListMap<>();

  private final long id = LAST_ID.incrementAndGet();
  private final Instant startedAt = Instant.now();
  private final String user;
  private final String sql;
  private final RunControl control;
  private volatile boolean fetching;

  private RunningQuery(String user, String sql, RunControl control) {
    this.user = user;
    this.sql = sql;
    this.control = control;
  }

  /** Notes that a statement runs from now on; {@link #end} must follow. */
  static RunningQuery begin(String user, String sql, RunControl control) {
    RunningQuery query = new RunningQuery(user, sql, control);
    RUNNING.put(query.id, query);
    return query;
  }

  /** Returns all that run now, by their number. */
  static List<RunningQuery> all() {
    return List.copyOf(RUNNING.values());
  }

  /** Cancels a statement and returns whether there was one of this number. */
  static boolean cancel(long id) {
    Optional<RunningQuery> found = Optional.ofNullable(RUNNING.get(id));
    found.ifPresent(query -> query.control.cancel());
    return found.isPresent();
  }

  /** Notes that the rows wait for the client from now on. */
  void fetching() {
    fetching = true;
  }

  /** Notes that the statement is over; a second call does nothing. */
  void end() {
    RUNNING.remove(id);
  }

  long id() {
    return id;
  }

  Instant startedAt() {
    return startedAt;
  }

  String user() {
    return user;
  }

  /** Returns the statement's text without secrets. */
  String shownSql() {
    return SecretsInSql.masked(sql);
  }

  /** Returns one word: what the statement does at the moment. */
  String state() {
    return control.cancelFlag().get() ? "cancelling" : fetching ? "fetching" : "running";
  }
}
