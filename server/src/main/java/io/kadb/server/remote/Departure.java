package io.kadb.server.remote;

import org.jspecify.annotations.Nullable;

/**
 * That the client of a request went away while the request is served. Safe for many threads.
 *
 * <p>Whoever serves the request says what is to be done then; whoever watches the socket says that
 * it happened.
 */
public final class Departure {
  private @Nullable Runnable then;
  private boolean happened;
  private boolean over;

  /** Creates a departure that has not happened. */
  public Departure() {}

  /** Says what is done when it happens: at once if it has. */
  void then(Runnable work) {
    synchronized (this) {
      then = work;
      if (!happened) {
        return;
      }
    }
    work.run();
  }

  /** Says that the request was served: whether the client goes does not matter any more. */
  synchronized void over() {
    over = true;
  }

  /** Says that the client went. */
  public void happen() {
    Runnable work;
    synchronized (this) {
      if (happened || over) {
        return;
      }
      happened = true;
      work = then;
    }
    if (work != null) {
      work.run();
    }
  }
}
