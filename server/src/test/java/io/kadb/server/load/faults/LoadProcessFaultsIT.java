package io.kadb.server.load.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * A continuous load in a process of its own, while messages come in, and fault after fault: it goes
 * on, or ends with the reason and goes on when that is mended and it is started again; and at each
 * moment every message before the stored offsets is there once.
 */
@Timeout(180)
@TestMethodOrder(MethodOrderer.MethodName.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoadProcessFaultsIT {
  private static final int PER_SECOND = 1_000;
  private static final int BATCH = 1_000;

  private static final String FAILS = "; tries again for up to";
  private static final String RECOVERS = "goes on after";

  @TempDir static Path folder;
  private LoadStage stage;
  private @Nullable FaultyLoad load;

  @BeforeAll
  void setStage() throws SQLException {
    stage = LoadStage.open(folder, 100);
  }

  @AfterAll
  void clearStage() throws SQLException {
    try {
      finish();
    } finally {
      stage.close();
    }
  }

  /** The load that goes from test to test; a new one if there is none of this way. */
  private FaultyLoad load(Way way) throws SQLException {
    FaultyLoad present = load;
    if (present != null && present.way == way) {
      return present;
    }
    finish();
    FaultyLoad made = new FaultyLoad(stage, way, PER_SECOND, BATCH);
    // A message that comes twice is refused, also one that another session has loaded.
    stage.postgres.execute("CREATE UNIQUE INDEX ON " + made.target + " (version)");
    load = made;
    made.awaitProgress();
    return made;
  }

  private void finish() throws SQLException {
    try (FaultyLoad last = load) {
      load = null;
      if (last != null) {
        last.finish();
      }
    }
  }

  /** Strikes; returns how often the load was started since. */
  private int strike(Blow blow, Way way) throws SQLException {
    FaultyLoad struck = load(way);
    int starts = struck.starts();
    try {
      blow.strike(struck, new Random(1));
      struck.awaitProgress();
      struck.check();
      return struck.starts() - starts;
    } catch (AssertionError | RuntimeException | SQLException e) {
      // What comes next shall not suffer from it.
      struck.close();
      load = null;
      throw e;
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "LOAD_IS_KILLED",
        "LOAD_IS_KILLED_IN_COMMIT",
        "LOAD_IS_STOPPED",
        "ROW_IS_THERE_ALREADY",
        "STATEMENT_IS_CANCELLED",
        "TOO_MANY_ARE_BAD"
      })
  void goesOnWhenItIsStartedAgain(Blow blow) throws SQLException {
    assertThat(strike(blow, Way.INSERT)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"LOAD_IS_KILLED", "LOAD_IS_KILLED_IN_COMMIT", "ROW_IS_THERE_ALREADY"})
  void goesOnWithAMergeWhenItIsStartedAgain(Blow blow) throws SQLException {
    assertThat(strike(blow, Way.MERGE)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {
        "LOAD_IS_KILLED",
        "LOAD_IS_KILLED_IN_COMMIT",
        "LOAD_IS_STOPPED",
        "ROW_IS_THERE_ALREADY",
        "STATEMENT_IS_CANCELLED",
        "TOO_MANY_ARE_BAD"
      })
  void goesOnByItself(Blow blow) throws SQLException {
    LoadProcess process = load(Way.INSERT).process();
    int failures = process.said(FAILS);
    int recoveries = process.said(RECOVERS);
    assertThat(strike(blow, Way.INSERT)).isZero();
    int said = process.said(FAILS) - failures;
    // Once for each reason: a server that ends, is away, starts and is there has several.
    assertThat(said).as(process.errors()).isLessThanOrEqualTo(4);
    if (said > 0) {
      Waits.until(() -> process.said(RECOVERS) > recoveries, "it says that it goes on");
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"WAREHOUSE_CRASHES", "CONNECTION_IS_CUT", "DISK_IS_FULL", "OTHERS_MOVE_THE_OFFSETS"})
  void goesOnWithAMergeByItself(Blow blow) throws SQLException {
    assertThat(strike(blow, Way.MERGE)).isZero();
  }
}
