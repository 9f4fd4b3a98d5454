package io.kadb.server.load;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.server.cli.ExitCode;
import java.sql.SQLException;
import java.util.Objects;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;

/** What the failure of a batch means for a load. */
enum Fault {
  /** Brokers or the store cannot be reached, or a connection broke: it may be there again soon. */
  UNREACHABLE("not reachable"),

  /** The warehouse is shut down, or starts. */
  RESTARTING("the warehouse restarts"),

  /** The warehouse ended the session, for a limit of time. */
  ENDED("the warehouse ended the session"),

  /** The warehouse takes no writes, as after a failover to a standby that is not promoted yet. */
  STANDBY("the warehouse takes no writes now"),

  /** Messages are there, and a batch took none of them before its time was over. */
  SLOW("no message came in time"),

  /** The warehouse lacks room, memory or connections. */
  EXHAUSTED("the warehouse has run out of a resource"),

  /** Others were at the same rows or offsets. */
  CONFLICT("another session was faster"),

  /** Retention removed messages while they were read. */
  REMOVED("messages were removed while they were read"),

  /** What was asked for was cancelled. */
  CANCELLED("cancelled"),

  /** Rows or messages are wrong, and stay so. */
  REFUSED("rows or messages are refused"),

  /** Anything else that stays as it is: configuration, rights, SQL. */
  LASTING("cannot be done");

  /** The state of a batch that took nothing in its time. */
  static final String NO_MESSAGE_IN_TIME = "HYT00";

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  /** Returns what a failure means. */
  static Fault of(SQLException failure) {
    String state = Objects.requireNonNullElse(failure.getSQLState(), "");
    return switch (state) {
      case "57P01", "57P02", "57P03" -> RESTARTING;
      case "25P03", "57P05" -> ENDED;
      case "25006" -> isOfKadb(failure, ErrorCode.READ_ONLY) ? LASTING : STANDBY;
      case NO_MESSAGE_IN_TIME -> SLOW;
      // A stored offset that Kafka does not have stays so; one that it had a moment ago does not.
      case "55000" -> isRemoved(failure) ? REMOVED : LASTING;
      case "53100", "53200", "53300", "58030" -> EXHAUSTED;
      case "40001", "40003", "40P01", "55P03" -> CONFLICT;
      case "57014" -> CANCELLED;
      // A limit of the configuration: too many rejected messages.
      case "53400", "54000" -> REFUSED;
      case "08004" -> LASTING;
      default -> ofClass(state);
    };
  }

  private static boolean isOfKadb(SQLException failure, ErrorCode code) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof KadbException kadb && kadb.code() == code) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRemoved(SQLException failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof OffsetOutOfRangeException) {
        return true;
      }
    }
    return false;
  }

  private static Fault ofClass(String state) {
    if (state.startsWith("08")) {
      return UNREACHABLE;
    }
    return state.startsWith("22") || state.startsWith("23") ? REFUSED : LASTING;
  }

  /** Returns whether a later attempt may succeed. */
  boolean passes() {
    return switch (this) {
      case UNREACHABLE, RESTARTING, ENDED, STANDBY, SLOW, EXHAUSTED, CONFLICT, REMOVED -> true;
      case CANCELLED, REFUSED, LASTING -> false;
    };
  }

  /** Returns whether the connection is of no use any more. */
  boolean breaksConnection() {
    return this == UNREACHABLE || this == RESTARTING || this == ENDED;
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
