package io.kadb.server.remote.http;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * A Kerberos ticket (SPNEGO, RFC 4559): in the first request of a socket, and again when its {@link
 * SocketLogins session} has ended. The server's answer proves in turn who the server is.
 *
 * <p>A ticket in each request would work as well, and does for clients that keep no cookies. It
 * costs a message to the realm or at least some cryptography on both sides for each frame.
 *
 * @param service who the server is
 * @param sockets whose sockets are whose
 */
record SpnegoLogin(KerberosService service, SocketLogins sockets) implements Login {
  /** Enough for the largest ticket that Windows makes, 48,000 bytes, in base64. */
  static final int MOST_TOKEN_CHARS = 65_536;

  private static final String SCHEME = "Negotiate";

  /** How the messages of NTLM begin, in base64. */
  private static final String NTLM = "TlRMTVNTUAAB";

  @Override
  public Optional<String> user(Request request, HttpFields.Mutable answer) throws LoginException {
    Optional<String> token = token(request);
    Optional<String> known = token.isPresent() ? Optional.empty() : sockets.user(request);
    if (token.isEmpty() && known.isEmpty()) {
      return Optional.empty();
    }
    if (request.getHeaders().contains(HttpHeader.ORIGIN)) {
      // Browsers show tickets and cookies of their own accord, whosever page sends the request.
      throw new LoginException("requests of web pages are not admitted with Kerberos");
    }
    return token.isPresent() ? Optional.of(admitted(token.get(), request, answer)) : known;
  }

  /** Returns the token that a request shows. */
  private static Optional<String> token(Request request) {
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    boolean negotiates =
        header != null
            && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            && (header.length() == SCHEME.length() || header.charAt(SCHEME.length()) == ' ');
    return negotiates ? Optional.of(header.substring(SCHEME.length()).strip()) : Optional.empty();
  }

  private String admitted(String token, Request request, HttpFields.Mutable answer)
      throws LoginException {
    KerberosService.Accepted accepted = service.accept(decoded(token));
    if (accepted.answer().length > 0) {
      answer.put(
          HttpHeader.WWW_AUTHENTICATE,
          SCHEME + " " + Base64.getEncoder().encodeToString(accepted.answer()));
    }
    answer.add(HttpHeader.SET_COOKIE, sockets.begin(request, accepted.user(), accepted.lifetime()));
    return accepted.user();
  }

  private static byte[] decoded(String token) throws LoginException {
    if (token.length() > MOST_TOKEN_CHARS) {
      throw new LoginException("the token is longer than " + MOST_TOKEN_CHARS + " characters");
    }
    if (token.startsWith(NTLM)) {
      throw new LoginException("the client has no Kerberos ticket for this server and tried NTLM");
    }
    try {
      return Base64.getDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      throw new LoginException("the header cannot be read");
    }
  }

  @Override
  public List<String> challenges() {
    return List.of(SCHEME);
  }
}
