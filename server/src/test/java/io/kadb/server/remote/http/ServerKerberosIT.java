package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.error.KadbException;
import io.kadb.server.remote.config.ServerOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Kerberos at the server, message by message. */
class ServerKerberosIT extends KerberosFixture {
  private static String openMessage() {
    return "{\"request\":\"openConnection\",\"connectionId\":\""
        + UUID.randomUUID()
        + "\",\"info\":{}}";
  }

  private RawHttp.Reply open(String... headers) throws IOException {
    try (RawHttp socket = new RawHttp(server.port())) {
      return open(socket, headers);
    }
  }

  private static RawHttp.Reply open(RawHttp socket, String... headers) throws IOException {
    return socket.post("/", openMessage(), headers);
  }

  private static String shown(String header) {
    return "Authorization: " + header;
  }

  private static String cookie(RawHttp.Reply reply) {
    return "Cookie: " + reply.values("Set-Cookie").get(0).split(";")[0];
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(RawHttp.Reply reply, String... texts) {
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.text()).contains("\"28000\"").contains(texts);
    assertThat(reply.text()).doesNotContain("\\tat ", "io.kadb", "Exception");
    assertThat(reply.values("Set-Cookie")).isEmpty();
  }

  @Test
  void admitsWhoShowsATicketAndProvesWhoItIs() throws Exception {
    TicketHolder.Greeting greeting = holder("anna").greet(SERVICE);

    RawHttp.Reply reply = open(shown(greeting.header()));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.values("WWW-Authenticate")).hasSize(1);
    assertThat(greeting.isProvedBy(reply.values("WWW-Authenticate").get(0))).isTrue();
  }

  @Test
  void offersBothWaysToLogInAndTakesEither() throws Exception {
    RawHttp.Reply reply = open();

    assertRefused(reply, "wants a login");
    assertThat(reply.values("WWW-Authenticate"))
        .containsExactly("Negotiate", "Basic realm=\"kadb\", charset=\"UTF-8\"");
    assertThat(open(shown(basic("anna:" + PASSWORD))).status()).isEqualTo(200);
    assertRefused(open(shown(basic("anna:x"))), "user and password do not fit");
    String stock = "authentication=BASIC;avatica_user=anna;avatica_password=" + PASSWORD;
    try (Connection connection =
        DriverManager.getConnection("jdbc:avatica:remote:url=" + server.url() + ";" + stock)) {
      assertThat(connection.createStatement().executeQuery("SELECT 1").next()).isTrue();
    }
  }

  @Test
  void theUserIsThePrincipalWithoutTheServersRealm() throws SQLException {
    assertThat(usersSeenBy("anna")).isEqualTo("[[\"anna\"]]");
    assertThat(usersSeenBy("etl/host.example.com")).contains("[\"etl/host.example.com\"]");
  }

  private String usersSeenBy(String name) {
    TicketHolder holder = holder(name);
    ThinMessages client = thin().as(holder.header(SERVICE)).open("user=root");
    int statement = client.as(holder.header(SERVICE)).createStatement();
    return client
        .as(holder.header(SERVICE))
        .run(statement, "SELECT CURRENT_USER")
        .frame()
        .path("rows")
        .toString();
  }

  @Test
  void keepsConnectionsFromOtherUsersHoweverTheyLogIn() {
    TicketHolder anna = holder("anna");
    ThinMessages client = thin().as(anna.header(SERVICE)).open();

    client.as(holder("bert").header(SERVICE));
    assertThat(client.kadb("valid", client.own()).sqlState()).isEqualTo("42501");
    client.as(anna.header(SERVICE));
    assertThat(client.kadb("valid", client.own()).status()).isEqualTo(200);
    client.as(basic("anna:" + PASSWORD));
    assertThat(client.kadb("valid", client.own()).status()).isEqualTo(200);
  }

  @Test
  void aCookieStandsForTheTicketOnItsSocketOnly() throws IOException {
    try (RawHttp socket = new RawHttp(server.port());
        RawHttp other = new RawHttp(server.port())) {
      RawHttp.Reply first = open(socket, shown(holder("anna").header(SERVICE)));
      assertThat(first.values("Set-Cookie")).hasSize(1);
      assertThat(first.values("Set-Cookie").get(0))
          .contains("; HttpOnly", "; SameSite=Strict", "; Max-Age=1800");
      String cookie = cookie(first);

      assertThat(open(socket, cookie).status()).isEqualTo(200);
      assertThat(open(socket, "Cookie: a=b; ;x;" + cookie.substring(7)).status()).isEqualTo(200);
      assertRefused(open(other, cookie), "wants a login");
      assertRefused(open(socket), "wants a login");
      assertRefused(open(socket, cookie.substring(0, cookie.length() - 1)), "wants a login");
      assertRefused(open(socket, cookie + "A"), "wants a login");
      assertThat(open(socket, cookie).status()).isEqualTo(200);
    }
  }

  @Test
  void theNextUserOfASocketEndsTheSessionOfTheFirst() throws IOException {
    try (RawHttp proxy = new RawHttp(server.port())) {
      String annas = cookie(open(proxy, shown(holder("anna").header(SERVICE))));
      String berts = cookie(open(proxy, shown(holder("bert").header(SERVICE))));

      assertRefused(open(proxy, annas), "wants a login");
      assertThat(open(proxy, berts).status()).isEqualTo(200);
    }
  }

  @Test
  void admitsNoTokenTwice() throws IOException {
    String header = holder("anna").header(SERVICE);

    assertThat(open(shown(header)).status()).isEqualTo(200);
    assertRefused(open(shown(header)), "replay");
  }

  @Test
  void saysWhyATokenIsNotAccepted() throws IOException {
    String good = holder("anna").header(SERVICE);
    byte[] bytes = Base64.getDecoder().decode(good.substring("Negotiate ".length()));
    bytes[bytes.length - 40] ^= 1;
    KDC.keytab(KDC.principal("other/localhost"));

    assertRefused(open(shown("Negotiate")), "token cannot be read");
    assertRefused(open(shown("Negotiate x!")), "header cannot be read");
    assertRefused(open(shown("Negotiate AAAA")), "token cannot be read");
    assertRefused(open(shown("Negotiate TlRMTVNTUAABAAAA")), "no Kerberos ticket", "NTLM");
    assertRefused(open(shown(good.substring(0, good.length() / 2))), "the login failed");
    assertRefused(open(shown(negotiate(bytes))), "the login failed");
    assertRefused(
        open(shown(holder("anna").header("other@localhost"))),
        "not for the keys of the server's keytab");
    assertThat(open(shown(good)).status()).isEqualTo(200);
  }

  private static String negotiate(byte[] token) {
    return "Negotiate " + Base64.getEncoder().encodeToString(token);
  }

  @Test
  void noBytesOfATokenMakeTheServerFail() throws IOException {
    String good = holder("anna").header(SERVICE).substring("Negotiate ".length());
    byte[] bytes = Base64.getDecoder().decode(good);
    for (int cut = 0; cut < Math.min(bytes.length, 120); cut++) {
      byte[] broken = bytes.clone();
      broken[cut] ^= 0x55;
      assertThat(open(shown(negotiate(broken))).status()).as("byte %s", cut).isIn(200, 401);
      byte[] head = Arrays.copyOf(bytes, cut);
      assertThat(open(shown(negotiate(head))).status()).as("%s bytes", cut).isEqualTo(401);
    }
  }

  @Test
  void tokensHaveABound() throws IOException {
    byte[] large = new byte[48_000];
    assertRefused(open(shown(negotiate(large))), "token cannot be read");
    assertRefused(open(shown(negotiate(new byte[50_000]))), "longer than 65536 characters");

    RawHttp.Reply reply = open(shown(negotiate(new byte[80_000])));

    assertThat(reply.status()).isEqualTo(431);
    assertThat(reply.text()).doesNotContain("\tat ", "org.eclipse");
    assertThat(open(shown(holder("anna").header(SERVICE))).status()).isEqualTo(200);
  }

  @Test
  void pagesOfOtherSitesCannotUseAnybodysTicket() throws IOException {
    String page = "Origin: https://elsewhere.example";
    try (RawHttp socket = new RawHttp(server.port())) {
      assertRefused(open(socket, page, shown(holder("anna").header(SERVICE))), "web pages");
      String cookie = cookie(open(socket, shown(holder("anna").header(SERVICE))));
      assertRefused(open(socket, page, cookie), "web pages");
    }
  }

  @Test
  void saysAtTheStartWhatIsWrongWithTheKeytab() throws IOException {
    String principal = KDC.principal("HTTP/localhost");
    Path keytab = KDC.keytab(principal);
    Path empty = Files.createFile(folder.resolve("empty"));

    assertNoStart(Map.of(ServerOption.KERBEROS_PRINCIPAL, principal), "kerberos-keytab");
    assertNoStart(
        Map.of(ServerOption.KERBEROS_KEYTAB, keytab.toString()), "needs kerberos-principal");
    assertNoStart(both(principal, folder.resolve("none")), "cannot be read", "none");
    for (Path file : List.of(empty, keytab("anna"))) {
      assertNoStart(both(principal, file), "holds no key of " + principal);
    }
    assertNoStart(both("@", keytab), "no principal");
  }

  private static Map<ServerOption, String> both(String principal, Path keytab) {
    return Map.of(
        ServerOption.KERBEROS_PRINCIPAL,
        principal,
        ServerOption.KERBEROS_KEYTAB,
        keytab.toString());
  }

  private void assertNoStart(Map<ServerOption, String> options, String... texts) {
    assertThatThrownBy(() -> start(options).close())
        .isInstanceOfSatisfying(
            KadbException.class, e -> assertThat(e.getMessage()).contains(texts));
  }
}
