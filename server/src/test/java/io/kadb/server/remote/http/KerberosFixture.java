package io.kadb.server.remote.http;

import io.kadb.server.remote.config.ServerOption;
import io.kadb.testing.TestKdc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A server that is a service of a Kerberos realm, and takes Anna's password as well. */
abstract class KerberosFixture extends ServerFixture {
  static final TestKdc KDC = TestKdc.running();
  static final String SERVICE = "HTTP@localhost";
  static final String PASSWORD = "geheim:1";
  private static final String SERVER = KDC.principal("HTTP/localhost");

  @Override
  Map<ServerOption, String> options() throws IOException {
    Path users = folder.resolve("passwords");
    Files.writeString(users, PasswordFile.line("anna", PASSWORD) + "\n");
    return Map.of(
        ServerOption.HOST,
        "localhost",
        ServerOption.PASSWORDS_FILE,
        users.toString(),
        ServerOption.KERBEROS_PRINCIPAL,
        SERVER,
        ServerOption.KERBEROS_KEYTAB,
        KDC.keytab(SERVER).toString());
  }

  /** Returns the keytab of a user of the realm. */
  static Path keytab(String user) {
    return KDC.keytab(KDC.principal(user));
  }

  /** Returns a user of the realm, with a ticket. */
  static TicketHolder holder(String user) {
    return TicketHolder.of(KDC.principal(user), keytab(user));
  }

  /** Returns what the thin driver's URL begins with. */
  final String thinUrl() {
    return "jdbc:kadb://localhost:" + server.port() + "/?auth=kerberos";
  }

  /** Returns the properties of a user who logs in by a keytab. */
  static String byKeytab(String user) {
    return "&kerberosPrincipal=" + KDC.principal(user) + "&kerberosKeytab=" + keytab(user);
  }
}
