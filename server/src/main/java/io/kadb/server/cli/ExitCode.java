package io.kadb.server.cli;

/** The exit codes of the command {@code kadb}. */
public final class ExitCode {
  /** Done. */
  public static final int OK = 0;

  /** The command failed; the reason is on standard error. */
  public static final int FAILED = 1;

  /** A statement failed, or the connection could not be opened. */
  public static final int STATEMENT_FAILED = 2;

  /** Told to stop before what was asked for was done. */
  public static final int STOPPED = 3;

  /** The command line is wrong; the number is EX_USAGE of sysexits.h. */
  public static final int WRONG_USAGE = 64;

  /** Messages or rows were refused; the number is EX_DATAERR of sysexits.h. */
  public static final int DATA_REFUSED = 65;

  /** What may pass did not pass in time; the number is EX_TEMPFAIL of sysexits.h. */
  public static final int TRY_LATER = 75;

  private ExitCode() {}
}
