package io.kadb.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The tables on the page {@code docs/options.md} are made from the code. Run this class with {@code
 * -Dkadb.docs.rewrite=true} to bring the page up to date.
 */
class OptionsPageTest {
  @Test
  void showsTheTablesThatFollowFromTheCode() throws IOException {
    Path page = page();
    String present = Files.readString(page);
    String wanted = withTables(present);
    if (Boolean.getBoolean("kadb.docs.rewrite")) {
      Files.writeString(page, wanted);
    }
    assertThat(Files.readString(page))
        .as("docs/options.md; -Dkadb.docs.rewrite=true rewrites it")
        .isEqualTo(wanted);
  }

  private static String withTables(String page) {
    String text = page;
    for (Map.Entry<String, String> table : OptionTables.all().entrySet()) {
      String begin = "<!-- " + table.getKey() + ": made from the code, do not edit -->\n";
      String end = "<!-- end of " + table.getKey() + " -->";
      Matcher between =
          Pattern.compile(Pattern.quote(begin) + ".*?" + Pattern.quote(end), Pattern.DOTALL)
              .matcher(text);
      assertThat(between.find()).as("markers of " + table.getKey()).isTrue();
      text = between.replaceFirst(Matcher.quoteReplacement(begin + table.getValue() + "\n" + end));
    }
    return text;
  }

  /** Finds the page from wherever in the project the tests run. */
  private static Path page() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("docs/options.md"))) {
      folder = folder.getParent();
    }
    assertThat(folder).as("a folder above this one with docs/options.md").isNotNull();
    return folder.resolve("docs/options.md");
  }
}
