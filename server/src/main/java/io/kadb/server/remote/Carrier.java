package io.kadb.server.remote;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The socket that a request came by and its answer goes back by. Equal for the same socket. */
public interface Carrier {
  /** Returns whether both sides still hold it, as far as the server knows. */
  boolean isOpen();

  /**
   * Returns whether it is gone, after a moment: the end of a socket and the beginning of the next
   * may be seen in any order.
   */
  default boolean isGone() {
    if (isOpen()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return !isOpen();
  }
}
