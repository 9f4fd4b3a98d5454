package io.kadb.driver.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;

/** How a user shows who it is. Thread-safe. */
@FunctionalInterface
public interface Login {
  /** Begins with a new socket to a server. */
  Shown at(Endpoint endpoint);

  /** What a user shows on one socket. Used by one thread at a time. */
  @FunctionalInterface
  interface Shown {
    /**
     * Returns the headers of the next request.
     *
     * @throws LoginFailure if there is nothing to show
     */
    Map<String, String> headers() throws IOException;

    /**
     * Looks at the answer to a request.
     *
     * @return whether the server did not do what was asked and the same request has to go again
     * @throws LoginFailure if the answer does not come from whom it should
     */
    default boolean seen(LoginAnswer answer) throws IOException {
      return false;
    }
  }

  /** Returns a login that shows nothing. */
  static Login none() {
    return always(Collections.emptyMap());
  }

  /** Returns a login with a password. */
  static Login basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    String header = "Basic " + Base64.getEncoder().encodeToString(pair);
    return always(Collections.singletonMap("Authorization", header));
  }

  /** Returns a login that shows the same with each request. */
  static Login always(Map<String, String> headers) {
    return endpoint -> () -> headers;
  }
}
