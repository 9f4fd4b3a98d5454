package io.kadb.server.cli;

/** The exit codes of the command {@code kadb}. */
public final class ExitCode {
  /** Done. */
  public static final int OK = 0;

  /** The command failed; the reason is on standard error. */
  public static final int FAILED = 1;

  /** A statement failed, or the connection could not be opened. */
  public static final int STATEMENT_FAILED = 2;

  /** The command line is wrong; the number is EX_USAGE of sysexits.h. */
  public static final int WRONG_USAGE = 64;

  private ExitCode() {}
}
