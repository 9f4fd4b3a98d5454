package io.kadb.server.load;

import io.kadb.server.cli.ExitCode;
import java.sql.SQLException;
import java.util.Objects;

/** What the failure of a batch means for a load. */
enum Fault {
  /** Brokers or the store cannot be reached, or a connection broke: it may be there again soon. */
  UNREACHABLE("not reachable"),

  /** The warehouse is shut down, or starts. */
  RESTARTING("the warehouse restarts"),

  /** The warehouse lacks room, memory or connections. */
  EXHAUSTED("the warehouse has run out of a resource"),

  /** Others were at the same rows or offsets. */
  CONFLICT("another session was faster"),

  /** What was asked for was cancelled. */
  CANCELLED("cancelled"),

  /** Rows or messages are wrong, and stay so. */
  REFUSED("rows or messages are refused"),

  /** Anything else that stays as it is: configuration, rights, SQL. */
  LASTING("cannot be done");

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  /** Returns what a failure means. */
  static Fault of(SQLException failure) {
    String state = Objects.requireNonNullElse(failure.getSQLState(), "");
    return switch (state) {
      case "57P01", "57P02", "57P03" -> RESTARTING;
      case "53100", "53200", "53300", "58030" -> EXHAUSTED;
      case "40001", "40003", "40P01", "55P03" -> CONFLICT;
      case "57014" -> CANCELLED;
      // A limit of the configuration: too many rejected messages.
      case "53400", "54000" -> REFUSED;
      case "08004" -> LASTING;
      default -> ofClass(state);
    };
  }

  private static Fault ofClass(String state) {
    if (state.startsWith("08")) {
      return UNREACHABLE;
    }
    return state.startsWith("22") || state.startsWith("23") ? REFUSED : LASTING;
  }

  /** Returns whether a later attempt may succeed. */
  boolean passes() {
    return this == UNREACHABLE || this == RESTARTING || this == EXHAUSTED || this == CONFLICT;
  }

  /** Returns whether the connection is of no use any more. */
  boolean breaksConnection() {
    return this == UNREACHABLE || this == RESTARTING;
  }

  /** Returns the exit code of a load that ends by it. */
  int exitCode() {
    return this == REFUSED ? ExitCode.DATA_REFUSED : ExitCode.FAILED;
  }

  /** Returns what it is, in a few words. */
  String words() {
    return words;
  }
}
