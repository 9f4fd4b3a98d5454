package io.kadb.server.remote.http;

import io.kadb.server.remote.AnswerBody;
import io.kadb.server.remote.Departure;
import io.kadb.server.remote.Padding;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * The signs of life of a request that takes long: when the answer is not there after a while, it is
 * begun, and goes on with padding until it is. So no time limit for a silent server is met, be it
 * the client's or a gateway's. The status is that of a success; clients tell errors by the message.
 * It also finds out when the client is gone. Safe for many threads.
 */
final class Pulse {
  private final Response response;
  private final Padding padding;
  private final Departure departure;
  private final Scheduler scheduler;
  private final Duration period;

  // Guarded by this.
  private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
  private Scheduler.@Nullable Task next;
  private boolean begun;
  private boolean over;

  /**
   * Creates a pulse that does not beat yet.
   *
   * @param departure learns that the client is gone, a period after that was noticed, so that one
   *     that sends the request again has come back
   * @param period the longest silence
   */
  Pulse(
      Response response,
      Padding padding,
      Departure departure,
      Scheduler scheduler,
      Duration period) {
    this.response = response;
    this.padding = padding;
    this.departure = departure;
    this.scheduler = scheduler;
    this.period = period;
  }

  /** Begins the first silence. */
  synchronized void start() {
    next = schedule(this::beat);
  }

  private Scheduler.Task schedule(Runnable work) {
    return scheduler.schedule(work, period.toNanos(), TimeUnit.NANOSECONDS);
  }

  private synchronized void beat() {
    if (over) {
      return;
    }
    // A client that does not read gets nothing more.
    if (written.isDone()) {
      written = write();
    }
    if (!written.isCompletedExceptionally()) {
      next = schedule(this::beat);
    }
  }

  private CompletableFuture<Void> write() {
    boolean first = !begun;
    if (first) {
      begun = true;
      response.setStatus(HttpStatus.OK_200);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, padding.contentType());
      // There may be some: the client asks.
      response.getHeaders().put(RequestHandler.WARNINGS, 1);
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    response.write(
        false,
        padding.next(first),
        Callback.from(
            () -> done.complete(null),
            failure -> {
              done.completeExceptionally(failure);
              schedule(departure::happen);
            }));
    return done;
  }

  /** Ends the silence for good; returns whether the answer has begun. */
  synchronized boolean stop() {
    over = true;
    if (next != null) {
      next.cancel();
    }
    return begun;
  }

  /** Sends the answer that has begun, when it was stopped. */
  synchronized void finish(AnswerBody answer, Callback callback) {
    List<ByteBuffer> rest = padding.rest(answer);
    written.whenComplete((nothing, failure) -> Sending.send(response, rest, callback));
  }
}
