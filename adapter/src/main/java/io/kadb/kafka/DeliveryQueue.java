package io.kadb.kafka;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What segments have read and nobody has taken yet: bounded by bytes, so that segments wait while
 * the reader of rows is behind. Thread-safe; taken from once per batch, never per message.
 *
 * <p>It knows its reader only weakly: a scan that was forgotten without being closed ends its
 * segments when the garbage collector finds it.
 *
 * @param <B> what a batch is
 */
final class DeliveryQueue<B> {
  /** A delivery, or the failure of the segment that had put in what stands before it. */
  private record Waiting<B>(
      @Nullable Delivery<B> delivery, long bytes, @Nullable KadbException failure) {}

  /** How often a segment that waits for room looks whether there is still a reader. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final long capacityBytes;
  private final WeakReference<?> reader;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Condition ended = lock.newCondition();
  private final ArrayDeque<Waiting<B>> waiting = new ArrayDeque<>();

  private long waitingBytes;
  private int running;
  private @Nullable KadbException failure;
  private volatile boolean stopped;
  private volatile boolean drained = true;

  /**
   * Creates an empty queue.
   *
   * @param capacityBytes the most bytes that wait; a larger batch passes when nothing else waits
   * @param segments how many segments put in
   * @param reader who takes; while it is in use, the segments go on
   */
  DeliveryQueue(long capacityBytes, int segments, Object reader) {
    this.capacityBytes = capacityBytes;
    this.running = segments;
    this.reader = new WeakReference<>(reader);
  }

  /**
   * Puts a delivery in, waiting for room.
   *
   * @return whether it will be taken; false once the queue is stopped or its reader is gone
   */
  boolean put(Delivery<B> delivery, long bytes) {
    lock.lock();
    try {
      while (waitingBytes > 0 && waitingBytes + bytes > capacityBytes) {
        if (!wanted()) {
          return false;
        }
        room.awaitNanos(LOOK_NANOS);
      }
      if (!wanted()) {
        return false;
      }
      waiting.addLast(new Waiting<>(delivery, bytes, null));
      waitingBytes += bytes;
      drained = false;
      arrived.signal();
      return true;
    } catch (InterruptedException e) {
      throw new KadbException(ErrorCode.CANCELLED, "a segment was interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether anybody wants what is put in. */
  boolean wanted() {
    return !stopped && !forgotten();
  }

  /** Returns whether the reader is gone without having closed the scan. */
  boolean forgotten() {
    return reader.get() == null;
  }

  /** Returns whether the reader waits for the next delivery, or soon will. */
  boolean hungry() {
    return drained;
  }

  /**
   * Takes the next delivery.
   *
   * @return null if none came within the time, or none will come
   * @throws KadbException the failure of a segment: before anything that still waits, or in its
   *     place among what waits
   */
  @Nullable Delivery<B> poll(Duration wait) {
    lock.lock();
    try {
      long nanos = wait.toNanos();
      while (failure == null && !stopped && waiting.isEmpty() && running > 0 && nanos > 0) {
        nanos = arrived.awaitNanos(nanos);
      }
      if (failure != null) {
        throw failure;
      }
      if (stopped) {
        throw new KadbException(ErrorCode.CANCELLED, "the scan was closed");
      }
      return take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KadbException(ErrorCode.CANCELLED, "the statement was interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Delivery<B> take() {
    Waiting<B> next = waiting.pollFirst();
    if (next == null) {
      return null;
    }
    if (next.failure() != null) {
      failure = next.failure();
      stopLocked();
      throw next.failure();
    }
    waitingBytes -= next.bytes();
    drained = waiting.isEmpty();
    room.signalAll();
    return next.delivery();
  }

  /** Ends the scan with an error; the first one counts. */
  void fail(KadbException error) {
    lock.lock();
    try {
      if (failure == null && !stopped) {
        failure = error;
      }
      stopLocked();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the scan with an error once everything that was put in before is taken. */
  void failInTurn(KadbException error) {
    lock.lock();
    try {
      if (wanted()) {
        waiting.addLast(new Waiting<>(null, 0, error));
        drained = false;
        arrived.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Says that a segment will put nothing more in and has given its consumer back. */
  void segmentEnded() {
    lock.lock();
    try {
      running--;
      arrived.signalAll();
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether all segments ended well and everything was taken. */
  boolean finished() {
    lock.lock();
    try {
      return running == 0 && waiting.isEmpty() && failure == null && !stopped;
    } finally {
      lock.unlock();
    }
  }

  /** Throws away what waits; segments find that nobody wants more. */
  void stop() {
    lock.lock();
    try {
      stopLocked();
    } finally {
      lock.unlock();
    }
  }

  private void stopLocked() {
    stopped = true;
    waiting.clear();
    waitingBytes = 0;
    arrived.signalAll();
    room.signalAll();
  }

  /** Waits until all segments have ended; returns whether they have. */
  boolean awaitEnd(Duration limit) {
    boolean interrupted = false;
    lock.lock();
    try {
      long nanos = limit.toNanos();
      while (running > 0 && nanos > 0) {
        try {
          nanos = ended.awaitNanos(nanos);
        } catch (InterruptedException e) {
          // Closing goes on; whoever interrupted finds the flag afterwards.
          interrupted = true;
        }
      }
      return running == 0;
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
