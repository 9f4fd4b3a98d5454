package io.kadb.kafka;

import io.kadb.option.ClientProperties;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Clients of one kind that are ready for their next user. Each has one user at a time; the one used
 * last is lent first, so that the others grow old and are closed. Thread-safe.
 *
 * @param <C> the kind of client
 */
final class IdlePool<C> {
  private record Idle<C>(C client, ScheduledFuture<?> expiry) {}

  private final Function<ClientProperties, C> create;
  private final Consumer<C> close;
  private final Duration idleTime;
  private final int maxIdlePerKey;
  private final ScheduledThreadPoolExecutor closer;
  private final Map<ClientProperties, Deque<Idle<C>>> idle = new HashMap<>();
  private int lent;
  private boolean closed;

  /**
   * Creates an empty pool.
   *
   * @param create makes a client; called outside of any lock
   * @param close closes a client, within a second or so
   * @param closer runs what need not be waited for
   */
  IdlePool(
      Function<ClientProperties, C> create,
      Consumer<C> close,
      Duration idleTime,
      int maxIdlePerKey,
      ScheduledThreadPoolExecutor closer) {
    this.create = create;
    this.close = close;
    this.idleTime = idleTime;
    this.maxIdlePerKey = maxIdlePerKey;
    this.closer = closer;
  }

  /** Returns an idle client with these properties, or a new one. */
  C borrow(ClientProperties key) {
    synchronized (this) {
      C ready = borrowIdle(key);
      if (ready != null) {
        return ready;
      }
      lent++;
    }
    boolean made = false;
    try {
      C client = create.apply(key);
      made = true;
      return client;
    } finally {
      if (!made) {
        forgetOne();
      }
    }
  }

  /** Returns an idle client with these properties, or null if there is none. */
  synchronized @Nullable C borrowIdle(ClientProperties key) {
    if (closed) {
      throw new IllegalStateException("the pool of Kafka clients is closed");
    }
    Deque<Idle<C>> ready = idle.get(key);
    if (ready == null) {
      return null;
    }
    lent++;
    Idle<C> last = ready.removeLast();
    if (ready.isEmpty()) {
      idle.remove(key);
    }
    last.expiry().cancel(false);
    return last.client();
  }

  private synchronized void forgetOne() {
    lent--;
  }

  /** Takes a client back that can be used again. */
  synchronized void giveBack(ClientProperties key, C client) {
    Deque<Idle<C>> ready = idle.computeIfAbsent(key, k -> new ArrayDeque<>());
    if (closed || ready.size() >= maxIdlePerKey) {
      retire(client);
      idle.computeIfPresent(key, (k, list) -> list.isEmpty() ? null : list);
      return;
    }
    lent--;
    ready.addLast(
        new Idle<>(
            client,
            closer.schedule(() -> expire(key, client), idleTime.toNanos(), TimeUnit.NANOSECONDS)));
  }

  /** Takes a client back that failed: it is closed in the background. */
  synchronized void retire(C client) {
    lent--;
    if (closed) {
      // Nobody is left who would close it in the background.
      close.accept(client);
    } else {
      closer.execute(() -> close.accept(client));
    }
  }

  private void expire(ClientProperties key, C client) {
    synchronized (this) {
      Deque<Idle<C>> ready = idle.get(key);
      if (ready == null || !ready.removeIf(entry -> entry.client() == client)) {
        return; // lent again in the last moment
      }
      if (ready.isEmpty()) {
        idle.remove(key);
      }
    }
    close.accept(client);
  }

  /** Returns how many clients wait for a user. */
  synchronized int idle() {
    return idle.values().stream().mapToInt(Deque::size).sum();
  }

  /** Returns how many clients are in use. */
  synchronized int borrowed() {
    return lent;
  }

  /** Closes the clients that are idle now. */
  void closeIdle() {
    List<Idle<C>> old = new ArrayList<>();
    synchronized (this) {
      idle.values().forEach(old::addAll);
      idle.clear();
    }
    for (Idle<C> entry : old) {
      entry.expiry().cancel(false);
      close.accept(entry.client());
    }
  }

  /** Closes all idle clients now, and those in use when they are given back. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    closeIdle();
  }
}
