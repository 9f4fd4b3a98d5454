package io.kadb.server.remote.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.error.KadbException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerSettingsTest {
  @TempDir private Path folder;

  private Optional<Path> file(String text) throws IOException {
    return Optional.of(Files.writeString(folder.resolve("kadb.conf"), text));
  }

  private static ServerSettings of(
      Map<ServerOption, String> given, Map<String, String> environment, Optional<Path> file) {
    return ServerSettings.of(given, environment::get, file);
  }

  @Test
  void prefersTheCommandLineToTheEnvironmentToTheFileToTheDefault() throws IOException {
    Map<ServerOption, String> given = Map.of(ServerOption.PORT, "1");
    Map<String, String> environment = Map.of("KADB_SERVER_PORT", "2", "KADB_SERVER_HOST", "two");
    Optional<Path> file = file("port = 3\nhost = three\nframe-rows = 3\n# comment\n");
    ServerSettings settings = of(given, environment, file);
    assertThat(settings.number(ServerOption.PORT)).isEqualTo(1);
    assertThat(settings.text(ServerOption.HOST)).contains("two");
    assertThat(settings.number(ServerOption.FRAME_ROWS)).isEqualTo(3);
    assertThat(settings.number(ServerOption.MAX_CONNECTIONS)).isEqualTo(200);
    assertThat(settings.text(ServerOption.STORE)).isEmpty();
  }

  @Test
  void saysWhereAValueIsWrong() throws IOException {
    assertThatThrownBy(() -> of(Map.of(ServerOption.PORT, "x"), Map.of(), Optional.empty()))
        .isInstanceOf(KadbException.class)
        .hasMessageContaining("--port: \"x\" is not an integer");
    assertThatThrownBy(
            () -> of(Map.of(), Map.of("KADB_SERVER_FRAME_ROWS", "9999"), Optional.empty()))
        .hasMessageContaining("KADB_SERVER_FRAME_ROWS: \"9999\"");
    Optional<Path> file = file("prot = 1\n");
    assertThatThrownBy(() -> of(Map.of(), Map.of(), file))
        .hasMessageContaining("kadb.conf: there is no option prot");
    Optional<Path> missing = Optional.of(folder.resolve("missing.conf"));
    assertThatThrownBy(() -> of(Map.of(), Map.of(), missing)).hasMessageContaining("missing.conf");
  }

  @Test
  void knowsWhetherOthersGetInWithoutALogin() {
    assertThat(isOpenToAll(Map.of())).isFalse();
    assertThat(isOpenToAll(Map.of(ServerOption.HOST, "localhost"))).isFalse();
    assertThat(isOpenToAll(Map.of(ServerOption.HOST, "0.0.0.0"))).isTrue();
    assertThat(isOpenToAll(Map.of(ServerOption.HOST, "0.0.0.0", ServerOption.PASSWORDS_FILE, "p")))
        .isFalse();
  }

  private static boolean isOpenToAll(Map<ServerOption, String> given) {
    return of(given, Map.of(), Optional.empty()).isOpenToAll();
  }

  @Test
  void readsSecretsFromFiles() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "geheim\n");
    ServerSettings settings =
        of(
            Map.of(
                ServerOption.STORE, "jdbc:postgresql://db/dwh",
                ServerOption.STORE_USER, "etl",
                ServerOption.STORE_PASSWORD_FILE, password.toString()),
            Map.of(),
            Optional.empty());
    assertThat(settings.store())
        .isEqualTo(
            Map.of(
                "store",
                "jdbc:postgresql://db/dwh",
                "storeUser",
                "etl",
                "storePassword",
                "geheim"));
  }

  @Test
  void everyDefaultIsAValueThatTheOptionTakes() {
    for (ServerOption option : ServerOption.values()) {
      option
          .defaultValue()
          .ifPresent(value -> assertThat(option.accepts(value)).as(option.optionName()).isTrue());
    }
  }
}
