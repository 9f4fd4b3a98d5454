package io.kadb.driver.jdbc;

import java.sql.SQLException;

/**
 * What a thread has to tell the server although it was interrupted: that a result or statement has
 * ended. Programs interrupt the very threads that then close.
 */
final class LastWords {
  private LastWords() {}

  /** Something to tell. */
  @FunctionalInterface
  interface Words {
    void tell() throws SQLException;
  }

  /** Tells it with the interrupt out of the way, and puts the interrupt back. */
  static void tell(Words words) throws SQLException {
    boolean interrupted = Thread.interrupted();
    try {
      words.tell();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Tells it where nobody can do anything about a failure; the server's timers end the rest. */
  static void tellQuietly(Words words) {
    try {
      tell(words);
    } catch (SQLException e) {
      // Nothing moves without being told, which is what these words would have said.
    }
  }
}
