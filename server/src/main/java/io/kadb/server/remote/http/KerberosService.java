package io.kadb.server.remote.http;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.server.remote.config.ServerOption;
import io.kadb.server.remote.config.ServerSettings;
import io.kadb.server.remote.http.Login.LoginException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KeyTab;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;
import org.jspecify.annotations.Nullable;

/**
 * The server as a service of a Kerberos realm: checks tickets with the keys of its keytab, which it
 * reads again when the file changes, and needs no message to the realm for it. The JDK remembers
 * what it has seen for as long as clocks may differ, so that nothing is admitted twice. Safe for
 * many threads.
 */
final class KerberosService {
  private static final String SPNEGO = "1.3.6.1.5.5.2";
  private static final String KERBEROS = "1.2.840.113554.1.2.2";
  private static final int MOST_REASON_CHARS = 200;

  private final Subject subject;
  private final String realm;

  private KerberosService(Subject subject, String realm) {
    this.subject = subject;
    this.realm = realm;
  }

  /**
   * A ticket that was accepted.
   *
   * @param user whose it is
   * @param answer what proves to the client who the server is; empty if it did not ask
   * @param lifetime how long the ticket is good
   */
  record Accepted(String user, byte[] answer, Duration lifetime) {}

  /**
   * Returns the service that the options name, if they name one.
   *
   * @throws KadbException if they do not fit together
   */
  static Optional<KerberosService> of(ServerSettings settings) {
    Optional<String> principal = settings.text(ServerOption.KERBEROS_PRINCIPAL);
    Optional<Path> keytab = settings.file(ServerOption.KERBEROS_KEYTAB);
    if (principal.isEmpty() && keytab.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        of(
            principal.orElseThrow(() -> wrong("kerberos-keytab needs kerberos-principal", null)),
            keytab.orElseThrow(() -> wrong("kerberos-principal needs kerberos-keytab", null))));
  }

  private static KerberosService of(String name, Path file) {
    KerberosPrincipal principal;
    try {
      principal = new KerberosPrincipal(name);
    } catch (IllegalArgumentException e) {
      throw wrong(
              "kerberos-principal: " + KadbException.shown(name) + " is no principal with a realm",
              e)
          .withHint("HTTP/host@REALM");
    }
    if (!Files.isReadable(file)) {
      throw wrong("kerberos-keytab: the file " + file + " cannot be read", null);
    }
    KeyTab keys = KeyTab.getInstance(principal, file.toFile());
    if (keys.getKeys(principal).length == 0) {
      throw wrong("kerberos-keytab: " + file + " holds no key of " + principal.getName(), null)
          .withHint("klist -k shows whose keys it holds");
    }
    Subject subject = new Subject(false, Set.of(principal), Set.of(), Set.of(keys));
    return new KerberosService(subject, principal.getRealm());
  }

  private static KadbException wrong(String what, @Nullable Exception cause) {
    return new KadbException(ErrorCode.BAD_OPTION_VALUE, what, cause);
  }

  /**
   * Checks a token of a client.
   *
   * @throws LoginException if it is not accepted; its text says why
   */
  Accepted accept(byte[] token) throws LoginException {
    try {
      return Subject.doAs(subject, (PrivilegedExceptionAction<Accepted>) () -> accepted(token));
    } catch (PrivilegedActionException e) {
      throw e.getCause() instanceof GSSException failure
          ? new LoginException(reason(failure))
          : new LoginException("the Kerberos token cannot be read");
    } catch (RuntimeException e) {
      // What the JDK's parser throws when bytes that are no token mislead it.
      throw new LoginException("the Kerberos token cannot be read");
    }
  }

  private Accepted accepted(byte[] token) throws GSSException {
    GSSManager manager = GSSManager.getInstance();
    GSSCredential credential =
        manager.createCredential(
            null,
            GSSCredential.INDEFINITE_LIFETIME,
            new Oid[] {new Oid(SPNEGO), new Oid(KERBEROS)},
            GSSCredential.ACCEPT_ONLY);
    GSSContext context = manager.createContext(credential);
    try {
      byte[] answer = context.acceptSecContext(token, 0, token.length);
      if (!context.isEstablished()) {
        throw new GSSException(
            GSSException.NO_CONTEXT, 0, "the first message of the client holds no Kerberos ticket");
      }
      return new Accepted(
          user(context.getSrcName().toString(), realm),
          answer == null ? new byte[0] : answer,
          Duration.ofSeconds(Math.max(0, context.getLifetime())));
    } finally {
      context.dispose();
    }
  }

  /** Returns a principal's name; that of the server's own realm without the realm. */
  static String user(String principal, String realm) {
    return principal.endsWith("@" + realm)
        ? principal.substring(0, principal.length() - realm.length() - 1)
        : principal;
  }

  private static String reason(GSSException failure) {
    String known =
        switch (failure.getMajor()) {
          case GSSException.CREDENTIALS_EXPIRED, GSSException.CONTEXT_EXPIRED ->
              "the Kerberos ticket has expired";
          case GSSException.DUPLICATE_TOKEN, GSSException.OLD_TOKEN ->
              "the Kerberos token was used before";
          case GSSException.DEFECTIVE_TOKEN, GSSException.BAD_MECH ->
              "the Kerberos token cannot be read";
          default -> "the Kerberos ticket is not accepted";
        };
    String more = failure.getMinorString();
    if (more == null || more.isEmpty()) {
      return known;
    }
    return more.contains("Checksum failed") || more.contains("Cannot find key")
        ? known + ": it is not for the keys of the server's keytab"
        : known + ": " + plain(more);
  }

  private static String plain(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() > MOST_REASON_CHARS ? line.substring(0, MOST_REASON_CHARS) + "…" : line;
  }
}
