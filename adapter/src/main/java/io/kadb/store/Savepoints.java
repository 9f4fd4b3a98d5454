package io.kadb.store;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The savepoints of a transaction, by position. Those set before the transaction started in the
 * database were never sent to it. Users' names may be anything and may repeat, so the database gets
 * numbers.
 */
final class Savepoints {
  private final List<String> names = new ArrayList<>();
  private int beforeStart;

  /** Says that the transaction starts now. */
  void start() {
    beforeStart = names.size();
  }

  /** Returns the name under which the database will know the next one. */
  String nextSqlName() {
    return sqlName(names.size());
  }

  /** Adds one. */
  void add(String name) {
    names.add(name);
  }

  /**
   * Returns the position of the last one of this name.
   *
   * @throws KadbException NO_SUCH_SAVEPOINT
   */
  int positionOf(String name) {
    int position = names.lastIndexOf(name);
    if (position < 0) {
      throw new KadbException(
          ErrorCode.NO_SUCH_SAVEPOINT, "no savepoint " + KadbException.shown(name));
    }
    return position;
  }

  /** Returns whether the database knows the one at a position. */
  boolean wasSent(int position) {
    return position >= beforeStart;
  }

  /** Returns the database's name of the first from a position on that it knows. */
  Optional<String> firstSentFrom(int position) {
    int first = Math.max(position, beforeStart);
    return first < names.size() ? Optional.of(sqlName(first)) : Optional.empty();
  }

  /** Forgets all but the first ones. */
  void keep(int count) {
    names.subList(count, names.size()).clear();
    beforeStart = Math.min(beforeStart, count);
  }

  private static String sqlName(int position) {
    return "kadb_" + position;
  }
}
