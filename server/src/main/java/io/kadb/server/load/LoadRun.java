package io.kadb.server.load;

import io.kadb.load.LoadedBatch;
import io.kadb.server.cli.ExitCode;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
  private static final String UNIQUE = "23505";

  private final LoadJob job;
  private final LoadSettings settings;
  private final Progress progress;
  private final ProgressPrinter printer;
  private final Stopping stopping;
  private final Backoff backoff;

  /** The ends that the partitions had when the load began. */
  private @Nullable Map<Integer, Long> goal;

  /** A batch whose commit broke off: it may be committed or not. */
  private @Nullable LoadedBatch doubtful;

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
        printer.say("the batch was abandoned; nothing of it is in the target");
        return Optional.empty();
      }
      return waits(e);
    }
  }

  private boolean passes(SQLException failure) {
    return Fault.of(failure).passes() || overtaken;
  }

  private boolean isOvertaken(LoadSession session, SQLException failure) {
    if (stopping.isAbandoned() || !UNIQUE.equals(failure.getSQLState())) {
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
    if (doubtful != null) {
      session.awaitOffsets();
    }
    session.plan();
    if (goal == null) {
      session.begin(settings.reset());
    }
    // Fails if the brokers do not answer, which the views would only warn of.
    Positions.partitions(session.kadb(), session.source());
    var bounds = Positions.bounds(session.kadb(), session.source(), session.partitions());
    var stored = Positions.stored(session.kadb(), session.source());
    session.kadb().commit();
    settle(stored);
    stored.keySet().removeIf(p -> !bounds.isEmpty() && !bounds.containsKey(p));
    progress.startsAt(stored);
    progress.endsAt(bounds);
    if (goal == null) {
      Map<Integer, Long> ends = new TreeMap<>();
      bounds.forEach((partition, bound) -> ends.put(partition, bound.end()));
      goal = ends;
      lagWatch = new LagWatch(job, settings.url(), session, progress);
      lagWatch.start(LAG_PERIOD);
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

  private int loop(LoadSession session) throws SQLException {
    while (!stopping.isRequested()) {
      if (settings.quitAtEof() && isAtGoal()) {
        return ExitCode.OK;
      }
      long begun = System.nanoTime();
      LoadedBatch batch = session.batch(progress, isPostBatch());
      commit(session, batch);
      progress.committed(batch);
      recovered();
      tell(session);
      if (batch.isEmpty()) {
        if (settings.quitAtEof()) {
          // A batch looks at everything that was there when it began.
          return ExitCode.OK;
        }
        if (System.nanoTime() - begun < IDLE.toNanos()) {
          stopping.await(IDLE);
        }
      }
    }
    return stopped();
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
        && ends.entrySet().stream()
            .allMatch(end -> positions.getOrDefault(end.getKey(), -1L) >= end.getValue());
  }

  private boolean isPostBatch() {
    long number = progress.now().batches() + 1;
    return job.afterBatches().map(after -> number % after.every().orElse(1) == 0).orElse(false);
  }

  private void commit(LoadSession session, LoadedBatch batch) throws SQLException {
    try {
      session.kadb().commit();
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
      return Optional.of(fault.exitCode());
    }
    Optional<Duration> wait = backoff.failed();
    if (wait.isEmpty()) {
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
    printer.say("nothing of the batch is in the target, and the offsets are those before it");
    return Fault.of(failure).exitCode();
  }

  private int stopped() {
    return settings.quitAtEof() && !isAtGoal() ? ExitCode.STOPPED : ExitCode.OK;
  }

  private static String reason(SQLException failure) {
    return failure.getMessage() + " (" + failure.getSQLState() + ")";
  }
}
