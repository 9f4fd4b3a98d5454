package io.kadb.driver.wire;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * The way to one server: sends requests, over as many sockets as there are at once, and sends again
 * what was lost on the way. Thread-safe.
 *
 * <p>Every request has an id. If the socket breaks before the whole answer is there, nobody knows
 * whether the server has done what was asked; the same request goes again with the same id, and the
 * server gives the answer that it gave or was about to give. So nothing is done twice and no frame
 * is lost. A server that does not answer in time is not asked again.
 */
final class Channel {
  /** Names the request, so that the server knows it when it comes again. */
  static final String REQUEST_ID = "X-Kadb-Request";

  /** The pauses before each attempt but the first. */
  private static final long[] PAUSES_MILLIS = {0, 50, 250, 1000};

  private final Endpoint endpoint;
  private final Tls tls;
  private final Login login;
  private final int connectTimeoutMillis;
  private final Deque<HttpLink> idle = new ArrayDeque<>();
  private final Set<HttpLink> busy = new HashSet<>();
  private volatile boolean closed;

  Channel(Endpoint endpoint, Tls tls, Login login, int connectTimeoutMillis) {
    this.endpoint = endpoint;
    this.tls = tls;
    this.login = login;
    this.connectTimeoutMillis = connectTimeoutMillis;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /**
   * Sends a request until an answer comes.
   *
   * @param headers besides those that every request has
   * @param timeoutMillis the most time without a byte of the answer; 0 for no limit
   * @throws IOException if there is no answer
   */
  HttpAnswer send(String path, Map<String, String> headers, byte[] body, int timeoutMillis)
      throws IOException {
    Map<String, String> all = headersWithId(headers);
    IOException first = null;
    for (int attempt = 0; attempt <= PAUSES_MILLIS.length; attempt++) {
      if (attempt > 0) {
        closeIdle();
        // Not sleep(): an interrupted thread has to get its last words through as well.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSES_MILLIS[attempt - 1]));
      }
      if (closed) {
        throw first == null ? new IOException("the connection was closed") : first;
      }
      try {
        HttpAnswer answer = sendOnce(path, all, body, timeoutMillis);
        if (!answer.isFromAGateway() || attempt == PAUSES_MILLIS.length) {
          return answer;
        }
      } catch (SocketTimeoutException
          | SSLHandshakeException
          | SSLPeerUnverifiedException
          | LoginFailure e) {
        throw e;
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    throw first == null ? new IOException("no answer") : first;
  }

  /** Sends a request once, also after the channel was closed. */
  HttpAnswer sendOnce(String path, Map<String, String> headers, byte[] body, int timeoutMillis)
      throws IOException {
    HttpLink link = take();
    boolean answered = false;
    try {
      HttpAnswer answer = link.post(path, headersWithId(headers), body, timeoutMillis);
      answered = true;
      return answer;
    } finally {
      giveBack(link, answered);
    }
  }

  private static Map<String, String> headersWithId(Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.putIfAbsent(REQUEST_ID, UUID.randomUUID().toString());
    return all;
  }

  private HttpLink take() throws IOException {
    synchronized (this) {
      HttpLink known = idle.pollFirst();
      if (known != null) {
        busy.add(known);
        return known;
      }
    }
    HttpLink opened = HttpLink.open(endpoint, tls, login, connectTimeoutMillis);
    synchronized (this) {
      busy.add(opened);
    }
    return opened;
  }

  private synchronized void giveBack(HttpLink link, boolean answered) {
    boolean known = busy.remove(link);
    if (known && answered && !closed && link.isOpen()) {
      idle.addFirst(link);
    } else {
      link.close();
    }
  }

  private synchronized void closeIdle() {
    idle.forEach(HttpLink::close);
    idle.clear();
  }

  /** Closes all sockets; threads that wait for an answer come out, and send nothing again. */
  synchronized void close() {
    closed = true;
    closeIdle();
    busy.forEach(HttpLink::close);
    busy.clear();
  }
}
