package io.kadb.driver.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;

/** What an answer says about the login. */
final class LoginAnswer {
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FAILED = 500;

  private final int status;
  private final List<String> challenges;
  private final List<String> cookies;

  private LoginAnswer(int status, List<String> challenges, List<String> cookies) {
    this.status = status;
    this.challenges = challenges;
    this.cookies = cookies;
  }

  static LoginAnswer of(HttpResponse response) {
    return new LoginAnswer(
        response.getCode(),
        values(response, HttpHeaders.WWW_AUTHENTICATE),
        values(response, HttpHeaders.SET_COOKIE));
  }

  private static List<String> values(HttpResponse response, String name) {
    List<String> values = new ArrayList<>();
    for (Header header : response.getHeaders(name)) {
      values.add(header.getValue());
    }
    return values;
  }

  /** Returns whether the server did not let the request in. */
  boolean isRefusal() {
    return status == UNAUTHORIZED;
  }

  /** Returns whether a server of kadb did, or tried to do, what was asked. */
  boolean isFromServer() {
    return status == OK || status == FAILED;
  }

  /** Returns what stands behind the name of a scheme; empty if the scheme is not there. */
  Optional<String> token(String scheme) {
    String prefix = scheme.toLowerCase(Locale.ROOT) + " ";
    return challenges.stream()
        .filter(challenge -> challenge.toLowerCase(Locale.ROOT).startsWith(prefix))
        .map(challenge -> challenge.substring(prefix.length()).trim())
        .findFirst();
  }

  /** Returns a cookie that is to be shown from now on, as {@code name=value}. */
  Optional<String> cookie(String name) {
    return cookies.stream()
        .filter(cookie -> cookie.startsWith(name + "="))
        .map(cookie -> cookie.split(";", 2)[0])
        .findFirst();
  }
}
