package io.kadb.sql;

import java.util.List;

/** A statement ready to run, any number of times, on the session that prepared it. */
public interface Prepared {
  /** What a statement does. */
  enum Kind {
    /** Gives rows. */
    QUERY,
    /** Writes rows and gives their number. */
    DML,
    /** Anything else: definitions, settings, transactions. */
    COMMAND
  }

  /** Returns the statement's text. */
  String sql();

  /** Returns what it does. */
  Kind kind();

  /** Returns the columns of its result; empty unless it is a query. */
  List<ResultColumn> columns();

  /** Returns its parameters in their order, with the types the engine takes them for. */
  List<ResultColumn> parameters();
}
