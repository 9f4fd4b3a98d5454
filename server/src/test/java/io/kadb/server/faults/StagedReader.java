package io.kadb.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A program that has come to some point of reading a batch. It is never closed. */
final class StagedReader {
  /** How far it has come. */
  enum Stage {
    BEFORE_THE_FIRST_ROW(0),
    IN_A_FRAME(FaultFixture.FRAME / 2),
    AT_THE_END_OF_A_FRAME(FaultFixture.FRAME),
    ON_THE_LAST_ROW(FaultFixture.BATCH),
    PAST_THE_LAST_ROW(FaultFixture.BATCH + 1),
    COMMITTED(FaultFixture.BATCH + 1);

    private final int steps;

    Stage(int steps) {
      this.steps = steps;
    }
  }

  /**
   * What a reader is to do.
   *
   * @param autocommit whether it has no transaction of its own
   */
  record Task(RemoteClient client, Stage stage, boolean autocommit, String table) {
    /** Returns the word that a process gives to another. */
    String word() {
      return client + ":" + stage + ":" + autocommit + ":" + table;
    }

    static Task of(String word) {
      String[] parts = word.split(":");
      return new Task(
          RemoteClient.valueOf(parts[0]),
          Stage.valueOf(parts[1]),
          Boolean.parseBoolean(parts[2]),
          parts[3]);
    }

    /** Returns where the table's offset has to stand once the reader has got so far. */
    int offset() {
      // Avatica's driver says nothing when a result has ended: its next call would.
      boolean told =
          stage == Stage.COMMITTED
              || stage == Stage.PAST_THE_LAST_ROW && autocommit && client == RemoteClient.THIN;
      return told ? FaultFixture.BATCH : 0;
    }
  }

  /** Returns a task for each stage, way and driver that there is. */
  static List<Task> tasks(List<String> tables) {
    List<Task> tasks = new ArrayList<>();
    for (RemoteClient client : List.of(RemoteClient.THIN, RemoteClient.STOCK_PROTOBUF)) {
      for (Stage stage : Stage.values()) {
        tasks.add(new Task(client, stage, false, tables.get(tasks.size())));
        if (stage != Stage.COMMITTED) {
          tasks.add(new Task(client, stage, true, tables.get(tasks.size())));
        }
      }
    }
    return tasks;
  }

  private final Task task;
  private final Connection connection;
  private final ResultSet rows;
  private int steps;

  StagedReader(Task task, int port) throws SQLException {
    this.task = task;
    connection = task.client().connect(port);
    connection.setAutoCommit(task.autocommit());
    PreparedStatement statement = connection.prepareStatement("SELECT v FROM " + task.table());
    statement.setFetchSize(FaultFixture.FRAME);
    rows = statement.executeQuery();
    while (steps < task.stage().steps) {
      step();
    }
    if (task.stage() == Stage.COMMITTED) {
      connection.commit();
    }
  }

  Task task() {
    return task;
  }

  private boolean step() throws SQLException {
    boolean more = rows.next();
    assertThat(more).isEqualTo(steps < FaultFixture.BATCH);
    if (more) {
      assertThat(rows.getInt(1)).isEqualTo(steps);
    }
    steps++;
    return more;
  }

  /** Reads on to the end, and commits or asks for the next batch. */
  void goOn() throws SQLException {
    while (steps <= FaultFixture.BATCH && step()) {
      assertThat(steps).isLessThanOrEqualTo(FaultFixture.BATCH);
    }
    if (task.autocommit()) {
      connection.createStatement().executeQuery("SELECT 1");
    } else {
      connection.commit();
    }
  }
}
