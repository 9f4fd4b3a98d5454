package io.kadb.server.remote.http;

import java.nio.file.Path;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.Oid;

/** A user with a ticket of a realm, by the JDK's own means. */
final class TicketHolder {
  private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";
  private static final String SPNEGO = "1.3.6.1.5.5.2";

  private final Subject subject;

  private TicketHolder(Subject subject) {
    this.subject = subject;
  }

  /** A first message to a service, and what waits for the service's answer to it. */
  record Greeting(String token, GSSContext context) {
    /** Returns the header {@code Authorization}. */
    String header() {
      return "Negotiate " + token;
    }

    /** Returns whether an answer, the header {@code WWW-Authenticate}, proves who gave it. */
    boolean isProvedBy(String answer) throws GSSException {
      byte[] token = Base64.getDecoder().decode(answer.substring("Negotiate ".length()));
      context.initSecContext(token, 0, token.length);
      return context.isEstablished() && context.getMutualAuthState();
    }
  }

  static TicketHolder of(String principal, Path keytab) {
    Map<String, String> options =
        Map.of(
            "principal",
            principal,
            "useKeyTab",
            "true",
            "keyTab",
            keytab.toString(),
            "doNotPrompt",
            "true");
    Configuration configuration =
        new Configuration() {
          @Override
          public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            return new AppConfigurationEntry[] {
              new AppConfigurationEntry(MODULE, LoginModuleControlFlag.REQUIRED, options)
            };
          }
        };
    try {
      LoginContext login =
          new LoginContext(
              "test", new Subject(false, Set.of(), Set.of(), Set.of()), null, configuration);
      login.login();
      return new TicketHolder(login.getSubject());
    } catch (LoginException e) {
      throw new AssertionError(e);
    }
  }

  /** Begins to talk to a service, {@code name@host}. */
  Greeting greet(String service) {
    try {
      return Subject.doAs(subject, (PrivilegedExceptionAction<Greeting>) () -> greeting(service));
    } catch (PrivilegedActionException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the header that shows a ticket for a service. */
  String header(String service) {
    return greet(service).header();
  }

  private static Greeting greeting(String service) throws GSSException {
    GSSManager manager = GSSManager.getInstance();
    GSSName name = manager.createName(service, GSSName.NT_HOSTBASED_SERVICE);
    GSSContext context =
        manager.createContext(name, new Oid(SPNEGO), null, GSSContext.DEFAULT_LIFETIME);
    context.requestMutualAuth(true);
    byte[] token = context.initSecContext(new byte[0], 0, 0);
    return new Greeting(Base64.getEncoder().encodeToString(token), context);
  }
}
