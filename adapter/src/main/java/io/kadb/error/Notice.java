package io.kadb.error;

/**
 * Something a statement tells its user without failing; JDBC clients get it as a {@code
 * SQLWarning}.
 *
 * @param level how much it matters
 * @param text one line
 */
public record Notice(Level level, String text) {
  /** How much a notice matters, with the SQLState it travels with. */
  public enum Level {
    /** For information; nothing is wrong. */
    NOTICE("00000"),
    /** Probably not what the user wants. */
    WARNING("01000");

    private final String sqlState;

    Level(String sqlState) {
      this.sqlState = sqlState;
    }

    /** Returns the SQLState of the {@code SQLWarning}. */
    public String sqlState() {
      return sqlState;
    }
  }

  /** Returns a notice for information. */
  public static Notice notice(String text) {
    return new Notice(Level.NOTICE, text);
  }

  /** Returns a warning. */
  public static Notice warning(String text) {
    return new Notice(Level.WARNING, text);
  }
}
