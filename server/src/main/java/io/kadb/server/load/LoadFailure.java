package io.kadb.server.load;

import io.kadb.server.cli.ExitCode;

/** Why a load cannot begin or go on, in words for the person who started it. */
final class LoadFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  /** A failure of the configuration or the surroundings. */
  LoadFailure(String message) {
    this(message, ExitCode.FAILED);
  }

  /** A failure with an exit code of its own. */
  LoadFailure(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Returns the exit code of the command. */
  int exitCode() {
    return exitCode;
  }
}
