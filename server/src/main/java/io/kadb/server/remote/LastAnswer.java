package io.kadb.server.remote;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The answer to the last request of a connection, for a client that sends the request again as its
 * socket broke: nothing is done twice, also if the first one is still being served. A copy that
 * comes later still, out of some buffer on the way, is known by its id and refused. Safe for many
 * threads.
 */
final class LastAnswer {
  /** How many requests a late copy can be of. */
  private static final int KNOWN = 16;

  private final Deque<String> earlier = new ArrayDeque<>();
  private @Nullable String requestId;

  /** How many wait for the answer: the first request and those that were sent again. */
  private int present;

  private Runnable nobodyWaits = () -> {};
  private CompletableFuture<Object> answer = new CompletableFuture<>();

  /** What makes an answer. */
  @FunctionalInterface
  interface Work<T> {
    T answer() throws SQLException;
  }

  /**
   * Does the work of a request, or returns the answer it has given to that request before.
   *
   * @param id the request; one without is always done
   * @param type the class of the answer
   * @param giveUp done when all who wait for the answer have {@linkplain #leave left}
   */
  <T> T once(Optional<String> id, Class<T> type, Runnable giveUp, Work<T> work)
      throws SQLException {
    if (id.isEmpty()) {
      return work.answer();
    }
    CompletableFuture<Object> own = new CompletableFuture<>();
    CompletableFuture<Object> known = remember(id.get(), own, giveUp);
    return known == own ? first(own, work) : repeated(known, type);
  }

  private synchronized CompletableFuture<Object> remember(
      String id, CompletableFuture<Object> own, Runnable giveUp) throws SQLException {
    if (id.equals(requestId)) {
      present++;
      return answer;
    }
    if (earlier.contains(id)) {
      throw RemoteErrors.badMessage("this request was answered some requests ago");
    }
    if (requestId != null) {
      earlier.addLast(requestId);
    }
    if (earlier.size() > KNOWN) {
      earlier.removeFirst();
    }
    requestId = id;
    answer = own;
    present = 1;
    nobodyWaits = giveUp;
    return own;
  }

  /** Notes that one who waits for the answer to a request is gone. */
  synchronized void leave(String id) {
    if (id.equals(requestId) && --present == 0 && !answer.isDone()) {
      nobodyWaits.run();
    }
  }

  private static <T> T repeated(CompletableFuture<Object> future, Class<T> type)
      throws SQLException {
    try {
      Object known = future.join();
      if (!type.isInstance(known)) {
        throw RemoteErrors.badMessage("two different requests have the same id");
      }
      return type.cast(known);
    } catch (CompletionException e) {
      throw RemoteErrors.of(e.getCause());
    }
  }

  private static <T> T first(CompletableFuture<Object> future, Work<T> work) throws SQLException {
    try {
      T made = work.answer();
      future.complete(made);
      return made;
    } catch (SQLException | RuntimeException | Error e) {
      future.completeExceptionally(e);
      throw e;
    }
  }
}
