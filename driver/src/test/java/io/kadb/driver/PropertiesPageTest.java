package io.kadb.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page for Java programs lists the driver's properties as the code has them. With {@code
 * -Dkadb.docs.rewrite=true} the page is brought up to date.
 */
class PropertiesPageTest {
  private static final String PAGE = "docs/clients/java.md";
  private static final String BEGIN = "<!-- properties: made from the code, do not edit -->\n";
  private static final String END = "<!-- end of properties -->";

  @Test
  void showsEveryProperty() throws IOException {
    Path file = find();
    String page = Files.readString(file);
    assertThat(page).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
    String wanted =
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + table()
            + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("kadb.docs.rewrite")) {
      Files.writeString(file, wanted);
    }
    assertThat(Files.readString(file))
        .as(PAGE + "; -Dkadb.docs.rewrite=true rewrites it")
        .isEqualTo(wanted);
  }

  private static String table() {
    return "| property | default | meaning |\n|---|---|---|\n"
        + Arrays.stream(RemoteProperty.values())
            .map(PropertiesPageTest::row)
            .collect(Collectors.joining());
  }

  private static String row(RemoteProperty property) {
    String defaultValue =
        property.defaultValue().isEmpty() ? "–" : "`" + property.defaultValue() + "`";
    return "| `"
        + property.label()
        + "` | "
        + defaultValue
        + " | "
        + property.description()
        + " |\n";
  }

  /** Finds the page from wherever in the project the tests run. */
  private static Path find() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve(PAGE))) {
      folder = folder.getParent();
    }
    assertThat(folder).as("a folder above this one with " + PAGE).isNotNull();
    return folder.resolve(PAGE);
  }
}
