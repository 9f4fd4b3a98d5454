package io.kadb.server.remote.http;

import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/**
 * The ways to log in that the configuration allows. Without any, requests have no user.
 *
 * @param ways in the order they are tried
 */
record Logins(List<Login> ways) implements Login {
  /** The user of requests that need none. */
  static final String NOBODY = "";

  Logins {
    ways = List.copyOf(ways);
  }

  @Override
  public Optional<String> user(Request request, HttpFields.Mutable answer) throws LoginException {
    if (ways.isEmpty()) {
      return Optional.of(NOBODY);
    }
    for (Login way : ways) {
      Optional<String> user = way.user(request, answer);
      if (user.isPresent()) {
        return user;
      }
    }
    return Optional.empty();
  }

  @Override
  public List<String> challenges() {
    return ways.stream().flatMap(way -> way.challenges().stream()).toList();
  }
}
