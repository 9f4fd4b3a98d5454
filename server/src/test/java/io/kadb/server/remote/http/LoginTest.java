package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.error.KadbException;
import io.kadb.server.remote.config.ServerOption;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may talk to the server, and whose connections are whose. */
class LoginTest extends ServerFixture {
  @Override
  Map<ServerOption, String> options() throws IOException {
    Files.writeString(
        file(),
        "# users\n"
            + PasswordFile.line("anna", "geheim:1")
            + "\n\n"
            + PasswordFile.line("bert", "")
            + "\n");
    return Map.of(ServerOption.PASSWORDS_FILE, file().toString());
  }

  private Path file() {
    return folder.resolve("passwords");
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private ThinMessages.Reply openAs(String header) {
    ThinMessages client = thin().as(header);
    return client.post(client.request("openConnection").putNull("info"));
  }

  @Test
  void admitsUsersWithTheirPasswordsOnly() {
    assertThat(openAs(basic("anna:geheim:1")).status()).isEqualTo(200);
    assertThat(openAs(basic("bert:")).status()).isEqualTo(200);
    for (String wrong :
        new String[] {
          "",
          basic("anna:"),
          basic("anna:geheim"),
          basic("carl:geheim:1"),
          basic("anna"),
          "Basic ###",
          "Bearer x"
        }) {
      ThinMessages.Reply reply = openAs(wrong);
      assertThat(reply.status()).as(wrong).isEqualTo(401);
      assertThat(reply.sqlState()).isEqualTo("28000");
    }
  }

  @Test
  void asksForALoginAndKeepsNumbersForThoseWhoHaveOne() throws Exception {
    assertThat(get("/metrics", "").statusCode()).isEqualTo(401);
    assertThat(get("/metrics", "").headers().allValues("WWW-Authenticate"))
        .anySatisfy(challenge -> assertThat(challenge).startsWith("Basic realm="));
    assertThat(get("/metrics", basic("anna:geheim:1")).body()).contains("kadb_logins_total");
    assertThat(get("/health", "").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> get(String path, String header) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
    if (!header.isEmpty()) {
      request.header("Authorization", header);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void keepsConnectionsFromOtherUsers() {
    ThinMessages client = thin().as(basic("anna:geheim:1")).open();
    int statement = client.createStatement();
    client.run(statement, "SELECT 1");
    client.as(basic("bert:"));
    assertThat(client.fetch(statement, 0, 1).sqlState()).isEqualTo("42501");
    assertThat(client.end(statement).sqlState()).isEqualTo("42501");
    assertThat(client.closeStatement(statement).sqlState()).isEqualTo("42501");
    assertThat(client.post(client.request("closeConnection")).sqlState()).isEqualTo("42501");
    assertThat(client.post(client.request("openConnection").putNull("info")).sqlState())
        .isEqualTo("42501");
    assertThat(client.kadb("cancel", client.own().put("statementId", statement)).sqlState())
        .isEqualTo("42501");
    assertThat(client.kadb("valid", client.own()).sqlState()).isEqualTo("42501");
    client.as(basic("anna:geheim:1"));
    assertThat(client.end(statement).status()).isEqualTo(200);
  }

  @Test
  void theUserOfTheSessionIsTheOneWhoLoggedIn() {
    ThinMessages client = thin().as(basic("anna:geheim:1")).open("user=root");
    ThinMessages.Reply reply = client.run(client.createStatement(), "SELECT CURRENT_USER");
    assertThat(reply.frame().path("rows").toString()).isEqualTo("[[\"anna\"]]");
  }

  @Test
  void readsTheFileAgainWhenItChanges() throws Exception {
    assertThat(openAs(basic("anna:geheim:1")).status()).isEqualTo(200);
    Files.writeString(file(), PasswordFile.line("carl", "x"));
    Files.setLastModifiedTime(file(), FileTime.from(Instant.now().plusSeconds(10)));
    assertThat(openAs(basic("anna:geheim:1")).status()).isEqualTo(401);
    assertThat(openAs(basic("carl:x")).status()).isEqualTo(200);
  }

  @Test
  void stockClientsLogIn() throws SQLException {
    try (Connection connection =
        stock(
            "protobuf", "authentication=BASIC", "avatica_user=anna", "avatica_password=geheim:1")) {
      assertThat(connection.createStatement().executeQuery("SELECT 1").next()).isTrue();
    }
    assertThatThrownBy(() -> stock("json").createStatement()).isInstanceOf(Exception.class);
  }

  @Test
  void aFileThatIsWrongKeepsTheServerFromStarting() throws IOException {
    Path wrong = folder.resolve("wrong");
    Files.writeString(wrong, "anna:geheim\n");
    assertThatThrownBy(() -> start(Map.of(ServerOption.PASSWORDS_FILE, wrong.toString())))
        .isInstanceOf(KadbException.class)
        .hasMessageContaining("line 1")
        .hasMessageNotContaining("geheim");
  }
}
