package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.error.Notice;
import io.kadb.scan.ScanMode;
import io.kadb.type.ColumnType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the commands that are no definitions: settings, transactions, EXPLAIN. */
final class SessionCommands {
  private static final String SCAN_MODE = "kadb.scan_mode";
  private static final String SEARCH_PATH = "search_path";
  private static final String READ_ONLY = "transaction_read_only";

  private final SessionState session;
  private final StatementPreparer preparer;
  private final SessionConfig config;

  SessionCommands(SessionState session, StatementPreparer preparer, SessionConfig config) {
    this.session = session;
    this.preparer = preparer;
    this.config = config;
  }

  /** Returns the columns of a command's result; none if it gives no rows. */
  static List<ResultColumn> columns(Command command) {
    if (command instanceof Command.ShowParameter show) {
      return List.of(ResultColumn.of(show.name(), ColumnType.TEXT));
    } else if (command instanceof Command.Explain) {
      return List.of(ResultColumn.of("QUERY PLAN", ColumnType.TEXT));
    }
    return List.of();
  }

  /**
   * Runs a command.
   *
   * @param places where its names stand
   */
  Outcome run(Command command, Places places, RunControl control) {
    if (command instanceof Command.ShowParameter show) {
      try {
        return new TextRows(columns(command), List.of(value(show.name())));
      } catch (KadbException e) {
        throw places.at(Places.Part.PARAMETER, show.name(), e);
      }
    } else if (command instanceof Command.Explain explain) {
      return new TextRows(
          columns(command), Arrays.asList(preparer.explain(explain.statement()).split("\n")));
    } else if (command instanceof Command.SetParameter set) {
      set(set, places);
    } else if (!transaction(command, control)) {
      new CommandRunner(session, control, places).run(command);
    }
    return new UpdateCount(0);
  }

  private boolean transaction(Command command, RunControl control) {
    Transaction transaction = session.transaction();
    if (command instanceof Command.Begin) {
      if (transaction.open()) {
        control.add(Notice.warning("there is already a transaction in progress"));
      }
      transaction.begin();
    } else if (command instanceof Command.Commit) {
      warnIfNone(control);
      session.commit();
    } else if (command instanceof Command.Rollback rollback) {
      session.abandonRows();
      if (rollback.savepoint().isPresent()) {
        transaction.rollbackTo(rollback.savepoint().get());
      } else {
        warnIfNone(control);
        transaction.rollback();
      }
    } else if (command instanceof Command.Savepoint savepoint) {
      transaction.savepoint(savepoint.name());
    } else if (command instanceof Command.Release release) {
      transaction.release(release.name());
    } else {
      return false;
    }
    return true;
  }

  private void warnIfNone(RunControl control) {
    if (!session.transaction().open()) {
      control.add(Notice.warning("there is no transaction in progress"));
    }
  }

  private void set(Command.SetParameter set, Places places) {
    try {
      set(set.name(), set.value());
    } catch (KadbException e) {
      boolean unknown = e.code() == ErrorCode.UNDEFINED_OBJECT;
      throw places.at(unknown ? Places.Part.PARAMETER : Places.Part.VALUE, set.name(), e);
    }
  }

  private void set(String name, Optional<String> value) {
    switch (name) {
      case SCAN_MODE ->
          session.scanMode(value.isPresent() ? Optional.of(mode(value.get())) : config.scanMode());
      case SEARCH_PATH -> session.schema(value.orElse(config.schema()));
      case READ_ONLY ->
          session.readOnly(value.map(SessionCommands::bool).orElse(false) || config.readOnly());
      default -> throw unknown(name);
    }
  }

  private static ScanMode mode(String value) {
    return ScanMode.of(value)
        .orElseThrow(
            () ->
                new KadbException(
                    ErrorCode.BAD_PARAMETER,
                    SCAN_MODE
                        + ": found "
                        + KadbException.shown(value)
                        + ", wanted consume, peek or snapshot"));
  }

  private static boolean bool(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "on", "true" -> true;
      case "off", "false" -> false;
      default ->
          throw new KadbException(
              ErrorCode.BAD_PARAMETER,
              READ_ONLY + ": found " + KadbException.shown(value) + ", wanted on or off");
    };
  }

  private @Nullable String value(String name) {
    return switch (name) {
      case SCAN_MODE -> scanMode();
      case SEARCH_PATH -> session.schema();
      case READ_ONLY -> session.readOnly() ? "on" : "off";
      default -> throw unknown(name);
    };
  }

  private String scanMode() {
    if (session.scanMode().isEmpty()) {
      return "default (k_scan_mode of each table"
          + (session.readOnly() ? ", consume reads as peek)" : ")");
    }
    ScanMode mode = session.scanMode().get();
    return (session.readOnly() && mode == ScanMode.CONSUME ? ScanMode.PEEK : mode).label();
  }

  private static KadbException unknown(String name) {
    return new KadbException(
            ErrorCode.UNDEFINED_OBJECT, "unrecognized parameter " + KadbException.shown(name))
        .withHint("there are " + SCAN_MODE + ", " + SEARCH_PATH + " and " + READ_ONLY);
  }
}
