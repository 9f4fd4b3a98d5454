package io.kadb.driver.wire;

import java.nio.file.Files;
import java.nio.file.Paths;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosTicket;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.Oid;
import org.jspecify.annotations.Nullable;

/**
 * A user's Kerberos tickets: those of its ticket cache, or those that the realm gives for a keytab.
 * They are kept until they expire. Thread-safe.
 */
final class KerberosTickets {
  private static final String SPNEGO = "1.3.6.1.5.5.2";
  private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";

  /** A ticket that ends sooner is not begun with. */
  private static final long SPARE_MILLIS = 5_000;

  private final String keytab;
  private final Map<String, String> options = new HashMap<>();
  private @Nullable Subject known;

  /**
   * The tickets of a user.
   *
   * @param principal whose; empty for the cache's only one
   * @param keytab the file with the principal's keys; empty for the ticket cache
   */
  KerberosTickets(String principal, String keytab) {
    this.keytab = keytab;
    options.put("doNotPrompt", "true");
    options.put("isInitiator", "true");
    if (!principal.isEmpty()) {
      options.put("principal", principal);
    }
    if (keytab.isEmpty()) {
      options.put("useTicketCache", "true");
    } else {
      options.put("useKeyTab", "true");
      options.put("keyTab", keytab);
    }
  }

  /** Returns what a token for a service, {@code name@host}, is made by. */
  GSSContext context(String service) throws LoginFailure {
    try {
      GSSManager manager = GSSManager.getInstance();
      GSSName name = manager.createName(service, GSSName.NT_HOSTBASED_SERVICE);
      GSSContext context =
          manager.createContext(
              name, new Oid(SPNEGO), (GSSCredential) null, GSSContext.DEFAULT_LIFETIME);
      context.requestMutualAuth(true);
      return context;
    } catch (GSSException e) {
      throw failure(service, e.getMessage(), e);
    }
  }

  /** Returns the first token for a service. */
  synchronized byte[] token(GSSContext context, String service) throws LoginFailure {
    Subject subject = subject(service);
    try {
      return Subject.doAs(
          subject,
          (PrivilegedExceptionAction<byte[]>) () -> context.initSecContext(new byte[0], 0, 0));
    } catch (PrivilegedActionException e) {
      throw failure(service, e.getCause().getMessage(), e.getCause());
    }
  }

  private Subject subject(String service) throws LoginFailure {
    Subject subject = known;
    if (subject == null || !isFresh(subject)) {
      subject = login(service);
      known = subject;
    }
    return subject;
  }

  private static boolean isFresh(Subject subject) {
    Date soon = new Date(System.currentTimeMillis() + SPARE_MILLIS);
    return subject.getPrivateCredentials(KerberosTicket.class).stream()
        .allMatch(ticket -> ticket.getEndTime() != null && ticket.getEndTime().after(soon));
  }

  private Subject login(String service) throws LoginFailure {
    if (!keytab.isEmpty() && !Files.isReadable(Paths.get(keytab))) {
      throw failure(service, "the keytab " + keytab + " cannot be read", null);
    }
    AppConfigurationEntry entry =
        new AppConfigurationEntry(MODULE, LoginModuleControlFlag.REQUIRED, options);
    Configuration configuration =
        new Configuration() {
          @Override
          public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            return new AppConfigurationEntry[] {entry};
          }
        };
    try {
      Subject subject =
          new Subject(
              false, Collections.emptySet(), Collections.emptySet(), Collections.emptySet());
      LoginContext login = new LoginContext("kadb", subject, null, configuration);
      login.login();
      return login.getSubject();
    } catch (LoginException e) {
      throw failure(service, reason(e), e);
    }
  }

  /** The JDK asks for a name or a password where there is no ticket, or no key of the principal. */
  private String reason(LoginException e) {
    String text = String.valueOf(e.getMessage()).trim();
    if (!text.startsWith("Unable to obtain")) {
      return text;
    }
    if (keytab.isEmpty()) {
      return "found no valid ticket"
          + (options.containsKey("principal") ? " of " + options.get("principal") : "")
          + " in the ticket cache (hint: kinit gets one, klist shows them)";
    }
    return "the keytab "
        + keytab
        + " holds no key of "
        + options.getOrDefault("principal", "a principal that is named")
        + " (hint: klist -k shows whose keys it holds)";
  }

  private static LoginFailure failure(
      String service, @Nullable String why, @Nullable Throwable cause) {
    return new LoginFailure("no Kerberos ticket for " + service + ": " + why, cause);
  }

  /** Gives back what a context holds. */
  static void dispose(GSSContext context) {
    try {
      context.dispose();
    } catch (GSSException e) {
      // There is nothing left to give back.
    }
  }
}
