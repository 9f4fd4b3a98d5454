package io.kadb.server.remote.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.Captured;
import io.kadb.testing.GeneratedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page, the file that comes with the server, and the help text say what the code says. */
class ServerPageTest {
  private static final String FILE = "server/src/dist/conf/kadb.conf";

  @Test
  void showsEveryOption() throws IOException {
    String rows =
        Arrays.stream(ServerOption.values())
            .map(
                o ->
                    "| `"
                        + o.optionName()
                        + "` | "
                        + o.label().toLowerCase(Locale.ROOT)
                        + " | "
                        + o.defaultValue().map(v -> "`" + v + "`").orElse("–")
                        + " | "
                        + o.description()
                        + " |")
            .collect(Collectors.joining("\n"));
    GeneratedPage.check(
        "docs/server.md",
        Map.of("options", "| option | value | default | meaning |\n|---|---|---|---|\n" + rows));
  }

  @Test
  void theFileHasEveryOptionAndIsValid() throws IOException {
    String text = Files.readString(GeneratedPage.find(FILE));
    for (ServerOption option : ServerOption.values()) {
      assertThat(text).contains("#" + option.optionName() + " =");
    }
    ServerSettings settings =
        ServerSettings.of(Map.of(), name -> null, Optional.of(GeneratedPage.find(FILE)));
    assertThat(settings.number(ServerOption.PORT)).isEqualTo(8765);
    String uncommented = text.replaceAll("(?m)^#([a-z-]+ =)", "$1");
    var file = Files.writeString(Files.createTempFile("kadb", ".conf"), uncommented);
    try {
      ServerSettings all = ServerSettings.of(Map.of(), name -> null, Optional.of(file));
      for (ServerOption option : ServerOption.values()) {
        option
            .defaultValue()
            .ifPresent(v -> assertThat(all.text(option)).as(option.optionName()).contains(v));
      }
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void theHelpTextHasEveryOption() {
    String help = Captured.run("help", "server").output();
    for (ServerOption option : ServerOption.values()) {
      assertThat(help).contains("--" + option.optionName() + "=");
    }
  }
}
