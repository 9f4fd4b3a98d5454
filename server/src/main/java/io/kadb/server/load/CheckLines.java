package io.kadb.server.load;

import java.io.PrintStream;
import java.sql.SQLException;
import java.util.Optional;

/** The points of a check as they are found out, each a line. */
final class CheckLines {
  private final PrintStream out;
  private boolean allOk = true;

  CheckLines(PrintStream out) {
    this.out = out;
  }

  /** A point that is looked into. */
  @FunctionalInterface
  interface Point<T> {
    /** Looks into it; what it returns goes to whoever asked. */
    T look() throws SQLException;
  }

  void ok(String point, String detail) {
    out.println("ok      " + point + ": " + detail);
  }

  void failed(String point, String reason) {
    allOk = false;
    out.println("FAILED  " + point + ": " + reason);
  }

  /** Looks into a point; if it fails, its line is written and nothing comes back. */
  <T> Optional<T> check(String point, Point<T> look) {
    try {
      return Optional.of(look.look());
    } catch (SQLException e) {
      failed(point, e.getMessage() + " (" + e.getSQLState() + ")");
    } catch (LoadFailure e) {
      failed(point, String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  /** Looks into a point and writes its line, with what it returns if it is in order. */
  void line(String point, Point<String> look) {
    check(point, look).ifPresent(detail -> ok(point, detail));
  }

  /** Returns whether no point failed. */
  boolean allOk() {
    return allOk;
  }
}
