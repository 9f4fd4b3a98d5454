package io.kadb.server.load.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A continuous load in a process of its own, while messages come in, and one fault: it goes on, or
 * ends with the reason and goes on when that is mended and it is started again; and every message
 * is there once.
 */
@Timeout(180)
class LoadProcessFaultsIT {
  private static final int PER_SECOND = 3_000;
  private static final int BATCH = 1_000;

  @TempDir static Path folder;
  private static LoadStage stage;

  @BeforeAll
  static void setStage() throws SQLException {
    stage = LoadStage.open(folder, 60);
  }

  @AfterAll
  static void clearStage() {
    stage.close();
  }

  @ParameterizedTest
  @CsvSource({
    "WAREHOUSE_RESTARTS, INSERT",
    "WAREHOUSE_CRASHES, MERGE",
    "WAREHOUSE_IS_KILLED, INSERT",
    "SESSION_IS_TERMINATED, INSERT",
    "CONNECTION_IS_CUT, MERGE",
    "CONNECTION_IS_REFUSED, INSERT",
    "DISK_IS_FULL, INSERT",
    "DISK_IS_FULL, MERGE",
    "OTHERS_MOVE_THE_OFFSETS, INSERT"
  })
  void goesOnByItselfAndSaysSo(Blow blow, Way way) throws SQLException {
    try (FaultyLoad load = new FaultyLoad(stage, way, PER_SECOND, BATCH)) {
      load.awaitProgress();
      blow.strike(load, new Random(1));
      load.awaitProgress();
      load.check(load.finish());
      assertThat(load.starts()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECTION_IS_SILENT, INSERT",
    "BROKER_IS_KILLED, INSERT",
    "BROKERS_ARE_KILLED, INSERT",
    "BROKER_IS_PAUSED, MERGE",
    "LEADERS_MOVE, INSERT"
  })
  void goesOnByItself(Blow blow, Way way) throws SQLException {
    try (FaultyLoad load = new FaultyLoad(stage, way, PER_SECOND, BATCH)) {
      load.awaitProgress();
      blow.strike(load, new Random(1));
      load.awaitProgress();
      load.check(load.finish());
      assertThat(load.starts()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LOAD_IS_KILLED, INSERT",
    "LOAD_IS_KILLED, MERGE",
    "LOAD_IS_STOPPED, INSERT",
    "ROW_IS_THERE_ALREADY, INSERT",
    "ROW_IS_THERE_ALREADY, MERGE",
    "STATEMENT_IS_CANCELLED, INSERT"
  })
  void goesOnWhenItIsStartedAgain(Blow blow, Way way) throws SQLException {
    try (FaultyLoad load = new FaultyLoad(stage, way, PER_SECOND, BATCH)) {
      load.awaitProgress();
      blow.strike(load, new Random(1));
      load.awaitProgress();
      load.check(load.finish());
      assertThat(load.starts()).isEqualTo(2);
    }
  }
}
