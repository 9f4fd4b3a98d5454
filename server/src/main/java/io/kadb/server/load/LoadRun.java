package io.kadb.server.load;

import io.kadb.load.LoadedBatch;
import io.kadb.server.cli.ExitCode;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A job while it runs: batch after batch, each a transaction of the warehouse with rows, offsets,
 * rejected messages and history. After a failure that may pass it goes on with a new connection
 * from the stored offsets, so that nothing comes twice and nothing is left out.
 *
 * <pre>
 * it ends when                                     exit code
 * all partitions reached their end (quitAtEof)     0
 * it is told to stop                               0, with quitAtEof before the end 3
 * rows or messages are refused                     65
 * what may pass does not pass in time              75
 * anything else fails                              1
 * </pre>
 */
final class LoadRun {
  private static final Duration LAG_PERIOD = Duration.ofSeconds(3);
  private static final Duration IDLE = Duration.ofMillis(300);

  /** How long to find out, at the very end, what became of a commit; shorter than a last resort. */
  private static final Duration LAST_LOOK = Duration.ofSeconds(5);

  private final LoadJob job;
  private final LoadSettings settings;
  private final Progress progress;
  private final ProgressPrinter printer;
  private final Stopping stopping;
  private final Backoff backoff;

  /** The ends that the partitions had when the load began. */
  private @Nullable Map<Integer, Long> goal;

  /** The partitions of the load that Kafka has. */
  private Set<Integer> wanted = Set.of();

  /** A batch whose commit broke off: it may be committed or not. */
  private @Nullable LoadedBatch doubtful;

  /** Whether a batch has begun and is not committed. */
  private boolean isUnderWay;

  /**
   * Whether the last failure was that of rows which another session had loaded already: its rows
   * are in the way of the same ones before its offsets are.
   */
  private boolean overtaken;

  private @Nullable LagWatch lagWatch;
  private String said = "";
  private final Set<String> told = new HashSet<>();

  LoadRun(
      LoadJob job,
      LoadSettings settings,
      Progress progress,
      ProgressPrinter printer,
      Stopping stopping) {
    this.job = job;
    this.settings = settings;
    this.progress = progress;
    this.printer = printer;
    this.stopping = stopping;
    this.backoff = new Backoff(settings.retryFor(), System::nanoTime, RandomGenerator.getDefault());
  }

  /** Runs until the end; returns the exit code. */
  int run() {
    try {
      while (!stopping.isRequested()) {
        Optional<Integer> end = attempt();
        if (end.isPresent()) {
          return end.get();
        }
      }
      settleAtLast();
      return stopped();
    } finally {
      if (lagWatch != null) {
        lagWatch.close();
      }
    }
  }

  /** Loads until the end or a failure; empty if there is to be another attempt. */
  private Optional<Integer> attempt() {
    overtaken = false;
    isUnderWay = false;
    try (LoadSession session = LoadSession.open(job, settings)) {
      stopping.watches(session);
      try {
        prepare(session);
        return Optional.of(loop(session));
      } catch (SQLException e) {
        overtaken = isOvertaken(session, e);
        if (!passes(e) && !stopping.isAbandoned()) {
          return Optional.of(failed(session, e));
        }
        throw e;
      }
    } catch (SQLException e) {
      progress.abandoned();
      if (stopping.isAbandoned()) {
        printer.say(abandoned());
        return Optional.empty();
      }
      return waits(e);
    }
  }

  private String abandoned() {
    if (doubtful != null) {
      return "the batch was abandoned while it was committed";
    }
    return isUnderWay
        ? "the batch was abandoned; nothing of it is in the target"
        : "ended at once; what was committed is in the target";
  }

  private boolean passes(SQLException failure) {
    return Fault.of(failure).passes() || overtaken;
  }

  private boolean isOvertaken(LoadSession session, SQLException failure) {
    if (stopping.isAbandoned() || !LoadSession.UNIQUE.equals(failure.getSQLState())) {
      return false;
    }
    try {
      return session.isPast(progress.now().positions());
    } catch (SQLException e) {
      // What is said is the failure itself.
      return false;
    }
  }

  private void prepare(LoadSession session) throws SQLException {
    session.define(printer::say);
    LoadedBatch unknown = doubtful;
    if (unknown != null) {
      settle(session.awaitOffsets(unknown));
      // That has ended the transaction in which the source was defined.
      session.define(text -> {});
    }
    session.plan();
    if (goal == null) {
      session.begin(settings.reset());
    }
    // Fails if the brokers do not answer, which the views would only warn of.
    wanted = new HashSet<>(Positions.partitions(session.kadb(), session.source()));
    wanted.removeIf(p -> !session.partitions().isEmpty() && !session.partitions().contains(p));
    var bounds = Positions.bounds(session.kadb(), session.source(), session.partitions());
    var stored = Positions.stored(session.kadb(), session.source());
    session.kadb().commit();
    session.verify();
    stored.keySet().retainAll(wanted);
    progress.startsAt(stored);
    progress.endsAt(bounds);
    if (goal == null) {
      goal = new TreeMap<>();
      lagWatch = new LagWatch(job, settings.url(), session, progress);
      lagWatch.start(LAG_PERIOD);
    }
    learnEnds(bounds);
  }

  /** Learns the ends of partitions that were not known before. */
  private void learnEnds(Map<Integer, Positions.Bounds> bounds) {
    Map<Integer, Long> ends = goal;
    if (ends != null) {
      bounds.forEach((partition, bound) -> ends.putIfAbsent(partition, bound.end()));
    }
  }

  /** Finds out by the stored offsets whether a batch was committed whose commit broke off. */
  private void settle(Map<Integer, Long> stored) {
    LoadedBatch batch = doubtful;
    if (batch == null) {
      return;
    }
    doubtful = null;
    boolean committed =
        batch.partitions().stream()
            .filter(taken -> !taken.range().isEmpty())
            .allMatch(taken -> stored.getOrDefault(taken.partition(), -1L) >= taken.range().end());
    printer.say("the commit that broke off " + (committed ? "took effect" : "did not take effect"));
    if (committed) {
      progress.committed(batch);
    }
  }

  /** Finds out, when there is no further attempt, what became of a commit that broke off. */
  private void settleAtLast() {
    LoadedBatch batch = doubtful;
    if (batch == null) {
      return;
    }
    FutureTask<Map<Integer, Long>> look =
        new FutureTask<>(
            () -> {
              try (LoadSession session = LoadSession.open(job, settings)) {
                return session.awaitOffsets(batch);
              }
            });
    Thread thread = new Thread(look, "kadb-load-last-look");
    thread.setDaemon(true);
    thread.start();
    try {
      settle(look.get(LAST_LOOK.toMillis(), TimeUnit.MILLISECONDS));
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Then it stays unknown.
    }
    printer.say(
        "whether the last batch was committed is not known; kadb.offsets tells it,"
            + " and the next load begins there");
  }

  private int loop(LoadSession session) throws SQLException {
    while (!stopping.isRequested()) {
      if (settings.quitAtEof() && isAtGoal()) {
        return ExitCode.OK;
      }
      long begun = System.nanoTime();
      isUnderWay = true;
      LoadedBatch batch = session.batch(progress, isPostBatch());
      commit(session, batch);
      isUnderWay = false;
      progress.committed(batch);
      tell(session);
      if (batch.isEmpty() && settings.quitAtEof()) {
        checkAtEnd(session, batch);
        recovered();
        return ExitCode.OK;
      }
      recovered();
      if (batch.isEmpty()) {
        if (System.nanoTime() - begun < IDLE.toNanos()) {
          stopping.await(IDLE);
        }
      }
    }
    return stopped();
  }

  /**
   * Fails if an empty batch left messages: its time was over before they came. Partitions that the
   * table does not read do not count, as they are none of the batch's.
   */
  private void checkAtEnd(LoadSession session, LoadedBatch batch) throws SQLException {
    Map<Integer, Long> ends = goal;
    if (ends == null) {
      throw new IllegalStateException("a batch without an end to reach");
    }
    List<Integer> read = batch.partitions().stream().map(LoadedBatch.Taken::partition).toList();
    if (!ends.keySet().containsAll(read)) {
      learnEnds(Positions.bounds(session.kadb(), session.source(), session.partitions()));
      session.kadb().rollback();
    }
    Map<Integer, Long> positions = progress.now().positions();
    for (int partition : read) {
      long position = positions.getOrDefault(partition, 0L);
      Long end = ends.get(partition);
      if (end == null || position < end) {
        throw new SQLTimeoutException(
            "a batch ended without a message, and partition %d is at offset %d of %s; if that stays,"
                    .formatted(partition, position, end == null ? "unknown" : end.toString())
                + " raise k_timeout_ms",
            Fault.NO_MESSAGE_IN_TIME);
      }
    }
  }

  /** Says what kadb has to say without failing; of what comes again and again the first. */
  private void tell(LoadSession session) throws SQLException {
    for (SQLWarning w = session.kadb().getWarnings(); w != null; w = w.getNextWarning()) {
      String text = String.valueOf(w.getMessage());
      if (told.add(text.replaceFirst("(?s);.*", "").replaceAll("\\d+", "#"))) {
        printer.say(text);
      }
    }
    session.kadb().clearWarnings();
  }

  private boolean isAtGoal() {
    Map<Integer, Long> positions = progress.now().positions();
    Map<Integer, Long> ends = goal;
    return ends != null
        && !ends.isEmpty()
        && ends.keySet().containsAll(wanted)
        && ends.entrySet().stream()
            .allMatch(end -> positions.getOrDefault(end.getKey(), -1L) >= end.getValue());
  }

  private boolean isPostBatch() {
    long number = progress.now().batches() + 1;
    return job.afterBatches().map(after -> number % after.every().orElse(1) == 0).orElse(false);
  }

  private void commit(LoadSession session, LoadedBatch batch) throws SQLException {
    try {
      session.commit();
    } catch (SQLException e) {
      if (Fault.of(e).breaksConnection() || stopping.isAbandoned()) {
        doubtful = batch;
      }
      throw e;
    }
  }

  private void recovered() {
    backoff
        .succeeded()
        .ifPresent(
            outage -> {
              if (!said.isEmpty()) {
                printer.say("goes on after " + ProgressText.duration(outage));
                said = "";
              }
            });
  }

  /** Waits for the next attempt; gives an exit code if it has been enough. */
  private Optional<Integer> waits(SQLException failure) {
    Fault fault = overtaken && !Fault.of(failure).passes() ? Fault.CONFLICT : Fault.of(failure);
    if (!fault.passes()) {
      printer.say(reason(failure));
      settleAtLast();
      return Optional.of(fault.exitCode());
    }
    Optional<Duration> wait = backoff.failed();
    if (wait.isEmpty()) {
      settleAtLast();
      printer.say(
          "gave up after %s: %s"
              .formatted(ProgressText.duration(settings.retryFor()), reason(failure)));
      return Optional.of(ExitCode.TRY_LATER);
    }
    String what = fault + String.valueOf(failure.getSQLState());
    if (!what.equals(said)) {
      said = what;
      printer.say(
          "%s; tries again for up to %s: %s"
              .formatted(
                  fault.words(), ProgressText.duration(settings.retryFor()), reason(failure)));
    }
    stopping.await(wait.get());
    return Optional.empty();
  }

  private int failed(LoadSession session, SQLException failure) throws SQLException {
    progress.abandoned();
    printer.say(reason(failure));
    Optional<LoadedBatch> refused = session.refused();
    if (refused.isPresent() && job.batches().saveFailing()) {
      printer.say(new FailingBatch(session).save(refused.get()));
    }
    if (doubtful == null) {
      printer.say("nothing of the batch is in the target, and the offsets are those before it");
    } else {
      settleAtLast();
    }
    return Fault.of(failure).exitCode();
  }

  private int stopped() {
    return settings.quitAtEof() && !isAtGoal() ? ExitCode.STOPPED : ExitCode.OK;
  }

  private static String reason(SQLException failure) {
    return failure.getMessage() + " (" + failure.getSQLState() + ")";
  }
}
