package io.kadb.testing;

import io.kadb.broker.ListenerSecurity.KerberosService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;

/**
 * A Kerberos realm in this JVM, over TCP on 127.0.0.1. A JVM knows one Kerberos configuration, and
 * reads it once: tests that log in with it run in a JVM of their own.
 */
public final class TestKdc {
  private static final String REALM = "KADB.TEST";
  private static final int ATTEMPTS = 3;

  private final SimpleKdcServer server;
  private final Path folder;
  private final KerberosService service;

  private static final class Running {
    static final TestKdc KDC = start();
  }

  private TestKdc(SimpleKdcServer server, Path folder) {
    this.server = server;
    this.folder = folder;
    // Clients ask for a ticket for the name they find for the broker's address.
    String host = InetAddress.getLoopbackAddress().getCanonicalHostName();
    String principal = "kafka/" + host + "@" + REALM;
    service = new KerberosService(principal, keytab(principal), configuration());
  }

  /** The realm of this JVM, which knows it from then on. */
  public static TestKdc running() {
    return Running.KDC;
  }

  private static TestKdc start() {
    Path folder = TemporaryFolder.untilExit("kadb-kdc-");
    for (int attempt = 1; ; attempt++) {
      try {
        int port = freePort();
        TestKdc kdc = new TestKdc(start(folder, port), folder);
        Files.writeString(kdc.configuration(), configuration(port));
        System.setProperty("java.security.krb5.conf", kdc.configuration().toString());
        return kdc;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (KrbException e) {
        // Between finding the port free and binding it another process may have taken it.
        if (attempt == ATTEMPTS) {
          throw new IllegalStateException("the KDC did not start", e);
        }
      }
    }
  }

  private static SimpleKdcServer start(Path folder, int port) throws KrbException {
    SimpleKdcServer kdc = new SimpleKdcServer();
    kdc.setWorkDir(folder.toFile());
    kdc.setKdcRealm(REALM);
    kdc.setKdcHost("127.0.0.1");
    kdc.setAllowUdp(false);
    kdc.setAllowTcp(true);
    kdc.setKdcTcpPort(port);
    kdc.init();
    kdc.start();
    return kdc;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String configuration(int port) {
    return """
    [libdefaults]
      default_realm = %1$s
      udp_preference_limit = 1
      dns_lookup_kdc = false
      dns_lookup_realm = false
    [realms]
      %1$s = {
        kdc = 127.0.0.1:%2$d
      }
    """
        .formatted(REALM, port);
  }

  /** The {@code krb5.conf} of the realm. */
  public Path configuration() {
    return folder.resolve("realm.conf");
  }

  /** The service that brokers offer. */
  KerberosService service() {
    return service;
  }

  /** The full name of a user, {@code name@REALM}. */
  public String principal(String name) {
    return name + "@" + REALM;
  }

  /** Returns a file with the key of a user or a service, who is known to the realm from then on. */
  public synchronized Path keytab(String principal) {
    Path keytab = folder.resolve(principal.replaceAll("[^A-Za-z0-9]+", "-") + ".keytab");
    if (!Files.exists(keytab)) {
      try {
        server.createPrincipal(principal);
        server.exportPrincipal(principal, keytab.toFile());
      } catch (KrbException e) {
        throw new IllegalStateException(e);
      }
    }
    return keytab;
  }
}
