package io.kadb.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.catalog.TableName;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A load from src into target on a thread of its own. */
final class RunningLoad implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
  private final Progress progress = new Progress(System::nanoTime);
  private final Stopping stopping = new Stopping(Duration.ofSeconds(20), err);
  private final CompletableFuture<Integer> exitCode;

  RunningLoad(String url, boolean quitAtEof, Duration retryFor) {
    LoadSettings settings =
        new LoadSettings(
            url, quitAtEof, Optional.empty(), Set.of(), retryFor, Duration.ofSeconds(20));
    LoadJob job = LoadJobs.job(LoadJobs.insert());
    assertThat(job.source().table()).isEqualTo(new TableName("public", "src"));
    ProgressPrinter printer = new ProgressPrinter(progress, err, false);
    exitCode =
        CompletableFuture.supplyAsync(
            () -> new LoadRun(job, settings, progress, printer, stopping).run(),
            work -> new Thread(work, "load-under-test").start());
  }

  String errors() {
    return said.toString(StandardCharsets.UTF_8);
  }

  Progress.Moment progress() {
    return progress.now();
  }

  /** Asks it to end and returns its exit code. */
  int stop() {
    stopping.request();
    return awaitEnd();
  }

  /** Asks it to end. */
  void request() {
    stopping.request();
  }

  /** Asks it to end at once and returns its exit code. */
  int abandon() {
    stopping.request();
    return stop();
  }

  boolean isOver() {
    return exitCode.isDone();
  }

  /** Waits until it ends by itself and returns its exit code. */
  int awaitEnd() {
    try {
      return exitCode.get(SOON.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("it does not end well: " + errors(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while a load runs", e);
    }
  }

  /** Waits until a condition holds. */
  static void await(Callable<Boolean> condition, String what) {
    long deadline = System.nanoTime() + SOON.toNanos();
    try {
      while (!condition.call()) {
        assertThat(System.nanoTime()).as(what).isLessThan(deadline);
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(what, e);
    }
  }

  @Override
  public void close() {
    stopping.request();
    stopping.request();
    awaitEnd();
    stopping.close();
  }
}
