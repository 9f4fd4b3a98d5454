package io.kadb.kafka;

import org.jspecify.annotations.Nullable;

/**
 * The part of a thread's work that others may interrupt. An interrupt reaches the thread inside of
 * it or not at all, and is forgotten at its end. Thread-safe.
 */
final class InterruptibleWork {
  private @Nullable Thread worker;
  private boolean interrupted;

  /** Begins the work on this thread; returns false if it was interrupted before. */
  synchronized boolean begin() {
    if (interrupted) {
      return false;
    }
    worker = Thread.currentThread();
    return true;
  }

  /** Ends the work. */
  synchronized void end() {
    worker = null;
    if (interrupted) {
      // Clears the flag: what the thread does next must not fail for it.
      Thread.interrupted();
    }
  }

  /** Interrupts the thread if it is at work; from now on there is none to begin. */
  synchronized void interrupt() {
    interrupted = true;
    if (worker != null) {
      worker.interrupt();
    }
  }
}
