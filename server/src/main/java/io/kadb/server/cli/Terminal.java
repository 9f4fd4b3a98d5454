package io.kadb.server.cli;

/** Whether a person sits in front of the program. */
public final class Terminal {
  private static final String PROPERTY = "kadb.terminal";
  private static final String ERROR_PROPERTY = "kadb.terminal.errors";

  private Terminal() {}

  /**
   * Whether standard input is a terminal. The launcher tells; Java alone knows only whether
   * standard input and output both are.
   */
  public static boolean isInteractive() {
    String told = System.getProperty(PROPERTY);
    return told == null ? System.console() != null : Boolean.parseBoolean(told);
  }

  /** Whether standard error is a terminal; without the launcher, as far as Java can know. */
  public static boolean isErrorStream() {
    String told = System.getProperty(ERROR_PROPERTY);
    return told == null ? System.console() != null : Boolean.parseBoolean(told);
  }
}
