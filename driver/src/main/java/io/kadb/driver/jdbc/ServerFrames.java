package io.kadb.driver.jdbc;

import io.kadb.driver.wire.Frame;
import io.kadb.driver.wire.ServerStatement;
import java.sql.SQLException;

/** The frames of a result of a statement, with the warnings that come beside them. */
final class ServerFrames implements FrameSource {
  private final ServerStatement statement;
  private final Warnings warnings;

  ServerFrames(ServerStatement statement, Warnings warnings) {
    this.statement = statement;
    this.warnings = warnings;
  }

  @Override
  public Frame fetch(long offset, int rows) throws SQLException {
    ServerStatement.Fetched fetched = statement.fetch(offset, rows);
    if (fetched.warnings) {
      warnings.addQuietly(statement::takeWarnings);
    }
    return fetched.frame;
  }

  @Override
  public void confirm() throws SQLException {
    if (statement.confirm()) {
      warnings.addQuietly(statement::takeWarnings);
    }
  }

  @Override
  public void abandon() throws SQLException {
    statement.abandon();
  }

  @Override
  public void interruptFetch() {
    LastWords.tellQuietly(statement::cancel);
  }
}
