package io.kadb.server.load.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many faults at random moments of one continuous load, and in the end every message is there once.
 * Small unless told otherwise: {@code -Dkadb.storm.messages}, {@code -Dkadb.storm.faults}, {@code
 * -Dkadb.storm.rate} in messages a second, {@code -Dkadb.storm.way}; {@code -Dkadb.test.seed} does
 * the same faults again.
 */
@Timeout(3_600)
class LoadStormIT {
  private static final int BATCH = 20_000;
  private static final int LONGEST_QUIET_MS = 2_000;
  private static final int BYTES_PER_ROW = 250;

  private final long messages = Long.getLong("kadb.storm.messages", 60_000);
  private final int faults = Integer.getInteger("kadb.storm.faults", 6);
  private final int perSecond = Integer.getInteger("kadb.storm.rate", 4_000);
  private final long seed = Long.getLong("kadb.test.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<Blow, List<Duration>> outages = new EnumMap<>(Blow.class);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void everyMessageIsThereOnce(Way way) throws SQLException {
    assumeThat(System.getProperty("kadb.storm.way", way.name())).isEqualTo(way.name());
    System.out.printf("LoadStormIT %s: -Dkadb.test.seed=%d%n", way, seed);
    long began = System.nanoTime();
    int megabytes = (int) (100 + 2 * messages * BYTES_PER_ROW / 1_000_000);
    try (LoadStage stage = LoadStage.open(folder, megabytes);
        FaultyLoad load = new FaultyLoad(stage, way, perSecond, BATCH)) {
      load.awaitProgress();
      for (Blow blow : blows()) {
        Waits.pass(Duration.ofMillis(random.nextInt(LONGEST_QUIET_MS)));
        strike(blow, load);
      }
      Waits.until(
          () -> load.stream.sent() >= messages, Duration.ofMinutes(30), () -> "all are sent");
      FaultyLoad.Tally tally = load.finish();
      System.out.printf(
          "LoadStormIT %s: %d faults in %d s, %d starts, %s%n%s%n",
          way,
          outages.values().stream().mapToInt(List::size).sum(),
          Duration.ofNanos(System.nanoTime() - began).toSeconds(),
          load.starts(),
          tally,
          outages);
      assertThat(tally.messages()).isGreaterThanOrEqualTo(messages);
      assertThat(tally.rejects()).isPositive();
    }
  }

  /** Each kind as often as any other, give or take one, in any order. */
  private List<Blow> blows() {
    List<Blow> all = new ArrayList<>();
    while (all.size() < faults) {
      List<Blow> round = new ArrayList<>(List.of(Blow.values()));
      Collections.shuffle(round, random);
      all.addAll(round);
    }
    return all.subList(0, faults);
  }

  private void strike(Blow blow, FaultyLoad load) throws SQLException {
    long began = System.nanoTime();
    blow.strike(load, random);
    long over = System.nanoTime();
    load.awaitProgress();
    Duration outage = Duration.ofNanos(System.nanoTime() - over);
    outages.computeIfAbsent(blow, any -> new ArrayList<>()).add(outage);
    System.out.printf(
        "%s: %d ms, and %d ms until it went on; message %d of %d%n",
        blow,
        Duration.ofNanos(over - began).toMillis(),
        outage.toMillis(),
        load.position(),
        load.stream.sent());
  }
}
