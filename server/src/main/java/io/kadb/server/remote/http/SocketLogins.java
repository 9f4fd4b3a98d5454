package io.kadb.server.remote.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Attributes;

/**
 * Users who proved on a socket who they are, so that they need not prove it with each request. Safe
 * for many threads.
 *
 * <p>Each gets a cookie with a random secret, and the server keeps the secret with the socket. A
 * request is the user's if it comes by that socket and shows the secret:
 *
 * <ul>
 *   <li>The socket alone would not do. A proxy sends requests of several users by one socket, and
 *       the second would be taken for the first.
 *   <li>The secret alone would not do. Without TLS it can be read on the way, as a password can;
 *       but it is worth nothing on another socket.
 * </ul>
 *
 * <p>Nothing is signed and no key has to be kept. A session ends with its socket, after a while,
 * and never later than the ticket that began it. A socket has one at most, so there are no more of
 * them than sockets.
 */
final class SocketLogins {
  static final String COOKIE = "kadb-login";
  private static final String ATTRIBUTE = SocketLogins.class.getName();
  private static final int SECRET_BYTES = 24;

  private final Duration longest;
  private final LongSupplier nanoClock;
  private final SecureRandom random = new SecureRandom();

  /**
   * Creates the memory.
   *
   * @param longest the most time until a user has to prove again who it is
   * @param nanoClock gives the time as {@link System#nanoTime} does
   */
  SocketLogins(Duration longest, LongSupplier nanoClock) {
    this.longest = longest;
    this.nanoClock = nanoClock;
  }

  /** What a socket knows of its user. */
  private record Session(String user, byte[] secret, long endNanos) {}

  /**
   * Begins a session on the request's socket, and ends the one before.
   *
   * @param lifetime how long the user's proof is good
   * @return the header {@code Set-Cookie}
   */
  String begin(Request request, String user, Duration lifetime) {
    String cookie = begin(request.getConnectionMetaData(), user, lifetime);
    return request.isSecure() ? cookie + "; Secure" : cookie;
  }

  String begin(Attributes socket, String user, Duration lifetime) {
    Duration time = lifetime.compareTo(longest) < 0 ? lifetime : longest;
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String text = Base64.getUrlEncoder().encodeToString(secret);
    socket.setAttribute(
        ATTRIBUTE, new Session(user, bytes(text), nanoClock.getAsLong() + time.toNanos()));
    return COOKIE
        + "="
        + text
        + "; Path=/; Max-Age="
        + time.toSeconds()
        + "; HttpOnly; SameSite=Strict";
  }

  /** Returns whose session a request belongs to; empty if it belongs to none. */
  Optional<String> user(Request request) {
    for (String header : request.getHeaders().getValuesList(HttpHeader.COOKIE)) {
      Optional<String> user = user(request.getConnectionMetaData(), header);
      if (user.isPresent()) {
        return user;
      }
    }
    return Optional.empty();
  }

  Optional<String> user(Attributes socket, String cookies) {
    if (!(socket.getAttribute(ATTRIBUTE) instanceof Session session)) {
      return Optional.empty();
    }
    if (nanoClock.getAsLong() - session.endNanos() >= 0) {
      socket.removeAttribute(ATTRIBUTE);
      return Optional.empty();
    }
    for (String cookie : cookies.split(";", -1)) {
      int equals = cookie.indexOf('=');
      if (equals > 0
          && cookie.substring(0, equals).strip().equals(COOKIE)
          && MessageDigest.isEqual(bytes(cookie.substring(equals + 1).strip()), session.secret())) {
        return Optional.of(session.user());
      }
    }
    return Optional.empty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
