package io.kadb.server.remote.http;

import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/** One way to find out who sends a request. Safe for many threads. */
interface Login {
  /**
   * Returns the user, or empty if the request does not prove who sends it.
   *
   * @param answer the headers of the answer, where what the client is to know is put
   * @throws LoginException if it tries to and fails
   */
  Optional<String> user(Request request, HttpFields.Mutable answer) throws LoginException;

  /** Returns what a client is told to do, as values of the header {@code WWW-Authenticate}. */
  List<String> challenges();

  /** A login that failed. Its text is for the client: it tells nothing of those who may log in. */
  final class LoginException extends Exception {
    private static final long serialVersionUID = 1L;

    LoginException(String text) {
      super(text);
    }
  }
}
