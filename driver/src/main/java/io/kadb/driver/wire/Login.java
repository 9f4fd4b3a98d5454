package io.kadb.driver.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What a user shows with every request. Thread-safe. */
@FunctionalInterface
public interface Login {
  /** Returns the value of the header Authorization; empty for none. */
  Optional<String> authorization() throws IOException;

  /** Returns a login that shows nothing. */
  static Login none() {
    return Optional::empty;
  }

  /** Returns a login with a password. */
  static Login basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    Optional<String> header = Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    return () -> header;
  }
}
