package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.server.remote.config.ServerOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** kadb's own driver with Kerberos. */
class ThinKerberosIT extends KerberosFixture {
  private static int drained(Connection connection) throws SQLException {
    int count = 0;
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(100);
      try (ResultSet rows = statement.executeQuery(StockClientTest.manyRows())) {
        while (rows.next()) {
          count++;
        }
      }
    }
    return count;
  }

  private static void assertRefused(String url, String... texts) {
    assertThatThrownBy(() -> DriverManager.getConnection(url).close())
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> {
              assertThat(e.getMessage()).contains(texts).doesNotContain("\n");
              assertThat(e.getSQLState()).isEqualTo("28000");
            });
  }

  @Test
  void logsInWithAKeytab() throws SQLException {
    try (Connection connection = DriverManager.getConnection(thinUrl() + byKeytab("anna"))) {
      assertThat(connection.isValid(5)).isTrue();
      assertThat(drained(connection)).isEqualTo(1000);
      try (ResultSet rows = connection.createStatement().executeQuery("SELECT CURRENT_USER")) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("anna");
      }
    }
    assertThat(server.connections().count()).isZero();
  }

  @Test
  void showsOneTicketForEachSocket() throws Exception {
    try (MixedSockets proxy = new MixedSockets(server.port(), false);
        Connection connection =
            DriverManager.getConnection(
                thinUrl().replace(":" + server.port(), ":" + proxy.port()) + byKeytab("anna"))) {
      assertThat(drained(connection)).isEqualTo(1000);
      assertThat(proxy.tickets).hasValue(1);
      assertThat(proxy.cookies).hasValueGreaterThan(10);
    }
  }

  @Test
  void showsTheNextTicketWhereTheCookieDoesNotCount() throws Exception {
    try (MixedSockets proxy = new MixedSockets(server.port(), true);
        Connection connection =
            DriverManager.getConnection(
                thinUrl().replace(":" + server.port(), ":" + proxy.port()) + byKeytab("anna"))) {
      assertThat(drained(connection)).isEqualTo(1000);
      assertThat(proxy.tickets).hasValueGreaterThan(10);
    }
  }

  @Test
  void asksForATicketForTheServerThatAnswers() throws SQLException {
    String url = thinUrl().replace("//localhost", "//127.0.0.1:1,localhost");
    try (Connection connection = DriverManager.getConnection(url + byKeytab("anna"))) {
      assertThat(connection.isValid(5)).isTrue();
    }
    String service = "&kerberosService=" + SERVICE;
    url = thinUrl().replace("//localhost", "//127.0.0.1");
    try (Connection connection = DriverManager.getConnection(url + byKeytab("anna") + service)) {
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  @Test
  void logsInWithTheTicketCache() throws Exception {
    Path cache = TicketCache.of("anna", folder.resolve("cache"));

    assertThat(inAProcess(cache, thinUrl())).isEqualTo("user anna");
    assertThat(inAProcess(cache, thinUrl() + "&kerberosPrincipal=" + KDC.principal("anna")))
        .isEqualTo("user anna");
    assertThat(inAProcess(cache, thinUrl() + "&kerberosPrincipal=" + KDC.principal("bert")))
        .startsWith("28000 ")
        .contains("found no valid ticket of bert@KADB.TEST in the ticket cache", "kinit");
  }

  @Test
  void saysThatTheTicketCacheHoldsNoValidTicket() throws Exception {
    String wanted = "no Kerberos ticket for HTTP@localhost: found no valid ticket";
    assertThat(inAProcess(folder.resolve("none"), thinUrl()))
        .startsWith("28000 ")
        .contains(wanted, "kinit");
    Path expired = TicketCache.expired("anna", folder.resolve("expired"));
    assertThat(inAProcess(expired, thinUrl())).startsWith("28000 ").contains(wanted, "kinit");
  }

  /** Returns what a process prints whose user has a ticket cache. */
  private static String inAProcess(Path cache, String url) throws Exception {
    ProcessBuilder process =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.security.krb5.conf=" + KDC.configuration(),
            "-cp",
            System.getProperty("java.class.path"),
            TicketCacheQuery.class.getName(),
            url);
    process.environment().put("KRB5CCNAME", cache.toString());
    Process running = process.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      String said =
          new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      assertThat(running.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return said;
    } finally {
      running.destroyForcibly();
    }
  }

  @Test
  void saysWhatIsWrongWithAKeytab() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "no keytab");
    String anna = "&kerberosPrincipal=" + KDC.principal("anna") + "&kerberosKeytab=";
    String stranger = "&kerberosPrincipal=" + KDC.principal("stranger") + "&kerberosKeytab=";

    assertRefused(
        thinUrl() + anna + folder.resolve("none"), "no Kerberos ticket", "none cannot be read");
    assertRefused(thinUrl() + anna + text, "holds no key of anna@KADB.TEST", "klist");
    assertRefused(thinUrl() + stranger + keytab("anna"), "holds no key of stranger@KADB.TEST");
    assertRefused(
        thinUrl() + "&kerberosKeytab=" + keytab("anna"), "holds no key of", "a principal");
    assertRefused(
        thinUrl() + anna + TicketCache.wrongKeytab(KDC.principal("anna"), folder.resolve("wrong")),
        "no Kerberos ticket for HTTP@localhost");
  }

  @Test
  void saysThatTheRealmDoesNotKnowTheServer() {
    assertRefused(
        thinUrl() + byKeytab("anna") + "&kerberosService=HTTP@nowhere",
        "no Kerberos ticket for HTTP@nowhere");
  }

  @Test
  void aServerThatDoesNotProveItselfIsNotTalkedTo() throws SQLException {
    try (KadbServer open = start(Map.of(ServerOption.HOST, "localhost"))) {
      String url = "jdbc:kadb://localhost:" + open.port() + "/";
      DriverManager.getConnection(url).close();

      assertRefused(
          url + "?auth=kerberos" + byKeytab("anna"),
          "the server did not prove that it is HTTP@localhost");
    }
  }

  @Test
  void saysThatTheServerWantsALogin() {
    assertRefused("jdbc:kadb://localhost:" + server.port() + "/", "this server wants a login");
    assertRefused(
        "jdbc:kadb://localhost:" + server.port() + "/?user=anna&password=x",
        "user and password do not fit");
  }
}
