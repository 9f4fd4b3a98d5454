package io.kadb.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the documentation with parts that are made from the code, between markers. Tests that
 * check one bring it up to date when they run with {@code -Dkadb.docs.rewrite=true}.
 */
public final class GeneratedPage {
  private GeneratedPage() {}

  /**
   * Checks that a page holds what the code says.
   *
   * @param page the page's path in the project
   * @param parts the text of each part by the name in its markers
   */
  public static void check(String page, Map<String, String> parts) throws IOException {
    Path file = find(page);
    String wanted = Files.readString(file);
    for (Map.Entry<String, String> part : parts.entrySet()) {
      wanted = withPart(wanted, part.getKey(), part.getValue());
    }
    if (Boolean.getBoolean("kadb.docs.rewrite")) {
      Files.writeString(file, wanted);
    }
    assertThat(Files.readString(file))
        .as(page + "; -Dkadb.docs.rewrite=true rewrites it")
        .isEqualTo(wanted);
  }

  private static String withPart(String page, String name, String text) {
    String begin = "<!-- " + name + ": made from the code, do not edit -->\n";
    String end = "<!-- end of " + name + " -->";
    Matcher between =
        Pattern.compile(Pattern.quote(begin) + ".*?" + Pattern.quote(end), Pattern.DOTALL)
            .matcher(page);
    assertThat(between.find()).as("markers of " + name).isTrue();
    return between.replaceFirst(Matcher.quoteReplacement(begin + text + "\n" + end));
  }

  /** Finds a file of the project from wherever in it the tests run. */
  public static Path find(String name) {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve(name))) {
      folder = folder.getParent();
    }
    assertThat(folder).as("a folder above this one with " + name).isNotNull();
    return folder.resolve(name);
  }
}
