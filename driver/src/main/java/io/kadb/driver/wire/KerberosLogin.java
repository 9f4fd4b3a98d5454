package io.kadb.driver.wire;

import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.jspecify.annotations.Nullable;

/**
 * A login with Kerberos (SPNEGO, RFC 4559). The first request of a socket shows a ticket; the
 * server proves in its answer that the ticket was for it, and gives a cookie that stands for the
 * ticket on this socket. When the cookie counts no longer, the next ticket is shown.
 */
public final class KerberosLogin implements Login {
  private static final String SCHEME = "Negotiate";
  private static final String COOKIE = "kadb-login";

  private final String service;
  private final KerberosTickets tickets;

  /**
   * A login.
   *
   * @param service whom tickets are for; empty for {@code HTTP@host} with each server's host
   * @param principal whose tickets; empty for the cache's only one
   * @param keytab the file with the principal's keys; empty for the ticket cache
   */
  public KerberosLogin(String service, String principal, String keytab) {
    this.service = service;
    this.tickets = new KerberosTickets(principal, keytab);
  }

  @Override
  public Shown at(Endpoint endpoint) {
    return new OnSocket(service.isEmpty() ? "HTTP@" + endpoint.host() : service);
  }

  /** What one socket shows. */
  private final class OnSocket implements Shown {
    private final String server;
    private String cookie = "";

    /** Of the token that was shown last, until the server's answer to it. */
    private @Nullable GSSContext asked;

    OnSocket(String server) {
      this.server = server;
    }

    @Override
    public Map<String, String> headers() throws LoginFailure {
      forget();
      if (!cookie.isEmpty()) {
        return Collections.singletonMap("Cookie", cookie);
      }
      GSSContext context = tickets.context(server);
      asked = context;
      String token = Base64.getEncoder().encodeToString(tickets.token(context, server));
      return Collections.singletonMap("Authorization", SCHEME + " " + token);
    }

    @Override
    public boolean seen(LoginAnswer answer) throws LoginFailure {
      boolean refusedCookie = answer.isRefusal() && !cookie.isEmpty();
      if (refusedCookie) {
        cookie = "";
      }
      GSSContext context = asked;
      if (context != null && answer.isFromServer()) {
        prove(context, answer.token(SCHEME));
        cookie = answer.cookie(COOKIE).orElse("");
      }
      forget();
      return refusedCookie;
    }

    private void prove(GSSContext context, Optional<String> token) throws LoginFailure {
      try {
        if (token.isPresent()) {
          byte[] bytes = Base64.getDecoder().decode(token.get());
          context.initSecContext(bytes, 0, bytes.length);
        }
        if (context.isEstablished() && context.getMutualAuthState()) {
          return;
        }
      } catch (GSSException | IllegalArgumentException e) {
        throw new LoginFailure(unproved() + ": " + e.getMessage(), e);
      }
      throw new LoginFailure(unproved(), null);
    }

    private String unproved() {
      return "the server did not prove that it is " + server;
    }

    private void forget() {
      if (asked != null) {
        KerberosTickets.dispose(asked);
        asked = null;
      }
    }
  }
}
