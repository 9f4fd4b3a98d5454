package io.kadb.driver.wire;

import java.io.IOException;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
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

/** A login with Kerberos (SPNEGO): a ticket from the user's cache, or one for a keytab. */
public final class KerberosLogin implements Login {
  private static final String SPNEGO = "1.3.6.1.5.5.2";
  private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";

  private final String service;
  private final Map<String, String> options = new HashMap<>();

  /**
   * A login.
   *
   * @param service whom the ticket is for: {@code HTTP@host}
   * @param principal whose ticket; empty for the cache's only one
   * @param keytab the file with the principal's keys; empty for the ticket cache
   */
  public KerberosLogin(String service, String principal, String keytab) {
    this.service = service;
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

  @Override
  public synchronized Optional<String> authorization() throws IOException {
    try {
      byte[] token = Subject.doAs(subject(), (PrivilegedExceptionAction<byte[]>) this::token);
      return Optional.of("Negotiate " + Base64.getEncoder().encodeToString(token));
    } catch (LoginException | PrivilegedActionException e) {
      throw new IOException("no Kerberos ticket for " + service + ": " + e.getMessage(), e);
    }
  }

  private Subject subject() throws LoginException {
    AppConfigurationEntry entry =
        new AppConfigurationEntry(MODULE, LoginModuleControlFlag.REQUIRED, options);
    Configuration configuration =
        new Configuration() {
          @Override
          public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            return new AppConfigurationEntry[] {entry};
          }
        };
    Subject subject =
        new Subject(false, Collections.emptySet(), Collections.emptySet(), Collections.emptySet());
    LoginContext login = new LoginContext("kadb", subject, null, configuration);
    login.login();
    return login.getSubject();
  }

  private byte[] token() throws GSSException {
    GSSManager manager = GSSManager.getInstance();
    GSSName name = manager.createName(service, GSSName.NT_HOSTBASED_SERVICE);
    GSSContext context =
        manager.createContext(
            name, new Oid(SPNEGO), (GSSCredential) null, GSSContext.DEFAULT_LIFETIME);
    try {
      return context.initSecContext(new byte[0], 0, 0);
    } finally {
      context.dispose();
    }
  }
}
