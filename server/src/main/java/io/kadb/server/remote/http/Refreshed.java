package io.kadb.server.remote.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that others know and may take long to tell: asked for in the background when somebody
 * wants it and the last answer is old, and waited for only briefly. Safe for many threads.
 *
 * @param <T> what the value is
 */
final class Refreshed<T> {
  private final String name;
  private final Callable<T> question;
  private final Times times;
  private final LongSupplier nanoTime;

  // Guarded by this.
  private @Nullable CompletableFuture<T> asked;
  private @Nullable T known;
  private long knownNanos;

  /**
   * How old a value may be.
   *
   * @param fresh until when it is not asked for again
   * @param kept until when it is better than none
   * @param patience how long whoever wants it waits for a new one
   */
  record Times(Duration fresh, Duration kept, Duration patience) {}

  /**
   * Creates a value that is not known.
   *
   * @param name of the thread that asks
   * @param question asked by one thread at a time; a failure is no answer
   */
  Refreshed(String name, Callable<T> question, Times times, LongSupplier nanoTime) {
    this.name = name;
    this.question = question;
    this.times = times;
    this.nanoTime = nanoTime;
  }

  /** Returns the value; empty if nobody told it for long. */
  Optional<T> value() {
    return value(nanoTime.getAsLong() + times.patience().toNanos());
  }

  /**
   * Returns the value; empty if nobody told it for long.
   *
   * @param deadlineNanos until when a new one is waited for
   */
  Optional<T> value(long deadlineNanos) {
    CompletableFuture<T> answer = ask();
    if (answer != null) {
      await(answer, Math.max(0, deadlineNanos - nanoTime.getAsLong()));
    }
    return present();
  }

  /** Asks if it is time to; returns what will be answered, if anybody was asked. */
  synchronized @Nullable CompletableFuture<T> ask() {
    if (asked == null && (known == null || age() > times.fresh().toNanos())) {
      asked = new CompletableFuture<>();
      Thread thread = new Thread(this::answer, name);
      thread.setDaemon(true);
      thread.start();
    }
    return asked;
  }

  private void answer() {
    T found = null;
    try {
      found = question.call();
    } catch (Exception | Error e) {
      // Whoever watches sees that the value is missing.
    }
    CompletableFuture<T> done;
    synchronized (this) {
      done = asked;
      asked = null;
      if (found != null) {
        known = found;
        knownNanos = nanoTime.getAsLong();
      }
    }
    if (done != null) {
      done.complete(found);
    }
  }

  private static void await(CompletableFuture<?> answer, long nanos) {
    try {
      answer.get(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // The last one will do, or none.
    }
  }

  private synchronized Optional<T> present() {
    return known == null || age() > times.kept().toNanos() ? Optional.empty() : Optional.of(known);
  }

  private long age() {
    return nanoTime.getAsLong() - knownNanos;
  }
}
