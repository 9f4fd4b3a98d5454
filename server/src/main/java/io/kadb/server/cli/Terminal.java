package io.kadb.server.cli;

/** Whether a person sits in front of the program. */
public final class Terminal {
  private static final String PROPERTY = "kadb.terminal";

  private Terminal() {}

  /**
   * Whether standard input is a terminal. The launcher tells; Java alone knows only whether
   * standard input and output both are.
   */
  public static boolean isInteractive() {
    String told = System.getProperty(PROPERTY);
    return told == null ? System.console() != null : Boolean.parseBoolean(told);
  }
}
