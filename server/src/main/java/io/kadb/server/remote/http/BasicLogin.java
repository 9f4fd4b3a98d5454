package io.kadb.server.remote.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * User and password in each request (RFC 7617).
 *
 * @param users who may log in
 */
record BasicLogin(PasswordFile users) implements Login {
  private static final String SCHEME = "Basic ";

  @Override
  public Optional<String> user(Request request, HttpFields.Mutable answer) throws LoginException {
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    String pair = decoded(header.substring(SCHEME.length()).strip());
    int colon = pair.indexOf(':');
    if (colon < 0 || !users.admits(pair.substring(0, colon), pair.substring(colon + 1))) {
      throw new LoginException("user and password do not fit");
    }
    return Optional.of(pair.substring(0, colon));
  }

  private static String decoded(String base64) throws LoginException {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new LoginException("the header cannot be read");
    }
  }

  @Override
  public List<String> challenges() {
    return List.of("Basic realm=\"kadb\", charset=\"UTF-8\"");
  }
}
