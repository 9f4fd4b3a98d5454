package io.kadb.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that takes a table batch by batch, the first under autocommit, the others in
 * transactions, and begins anew when something fails. It keeps a batch if all calls for it
 * succeeded. If one failed it cannot know, as after any failed commit, and asks the store: either
 * all rows that it was given count, or none of them.
 */
final class BatchProgram {
  /** Tells how far a table was read. */
  @FunctionalInterface
  interface Offset {
    int stored() throws SQLException;
  }

  private final String query;
  private final Offset offset;
  private final List<Integer> taken = new ArrayList<>();
  private List<Integer> batch = new ArrayList<>();
  private final List<Exception> failures = new ArrayList<>();

  BatchProgram(String table, Offset offset) {
    this.query = "SELECT v FROM " + table;
    this.offset = offset;
  }

  /** Opens a connection. */
  @FunctionalInterface
  interface Opening {
    Connection open() throws SQLException;
  }

  /** What failed, in its order. */
  List<Exception> failures() {
    return failures;
  }

  /** The rows that count. */
  List<Integer> taken() {
    return taken;
  }

  /** Takes batches until there are none; returns whether nothing failed. */
  boolean run(Opening opening, Runnable quiet) throws SQLException {
    batch = new ArrayList<>();
    try (Connection connection = opening.open()) {
      takeUnderAutocommit(connection);
      connection.setAutoCommit(false);
      boolean more = true;
      while (more) {
        more = takeInTransaction(connection);
      }
      return true;
    } catch (SQLException | RuntimeException e) {
      failures.add(e);
      quiet.run();
      settle();
      return false;
    }
  }

  private void takeUnderAutocommit(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FaultFixture.FRAME);
      read(statement.executeQuery(query));
    }
    keep();
  }

  private boolean takeInTransaction(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setFetchSize(FaultFixture.FRAME);
      read(statement.executeQuery());
    }
    connection.commit();
    return keep();
  }

  private void read(ResultSet rows) throws SQLException {
    while (rows.next()) {
      batch.add(rows.getInt(1));
    }
  }

  private boolean keep() throws SQLException {
    List<Integer> kept = batch;
    batch = new ArrayList<>();
    taken.addAll(kept);
    assertThat(offset.stored())
        .as("the offset after what was read to its end")
        .isEqualTo(taken.size());
    return !kept.isEmpty();
  }

  private void settle() throws SQLException {
    int stored = offset.stored();
    if (stored != taken.size()) {
      taken.addAll(batch);
      assertThat(stored).as("the offset after a failure").isEqualTo(taken.size());
    }
    batch = new ArrayList<>();
  }
}
