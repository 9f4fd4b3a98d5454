package io.kadb.option;

import java.util.Locale;

/** Where an option is given. */
public enum Level {
  /** On the connection: a default for all its tables. */
  CONNECTION,
  /** On a server: beats the connection's. */
  SERVER,
  /** On a foreign table: beats the server's. */
  TABLE,
  /** On a column of a foreign table. */
  COLUMN;

  /** Returns the word that texts use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
