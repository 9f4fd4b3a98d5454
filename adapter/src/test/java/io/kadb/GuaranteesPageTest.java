package io.kadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.GeneratedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every promise on the page {@code docs/guarantees.md} names tests, and these tests exist. */
class GuaranteesPageTest {
  private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");
  private static final Pattern TEST =
      Pattern.compile(
          "@(?:Test|ParameterizedTest|FuzzTest)\\b.*?\\bvoid\\s+(\\w+)\\s*\\(", Pattern.DOTALL);

  /** The promises of each group, a line or several joined into one. */
  private static Map<String, List<String>> promises = Map.of();

  /** The sources of all test classes by their simple names. */
  private static Map<String, String> sources = Map.of();

  @BeforeAll
  static void read() throws IOException {
    Path page = GeneratedPage.find("docs/guarantees.md");
    promises = promisesOf(Files.readAllLines(page));
    sources = testSources(page.getParent().getParent());
  }

  @Test
  void eachPromiseNamesATest() {
    assertThat(promises.values().stream().flatMap(List::stream))
        .isNotEmpty()
        .allMatch(promise -> NAMED.matcher(promise).find());
  }

  @Test
  void eachGroupHoldsPromises() {
    assertThat(promises).isNotEmpty();
    assertThat(promises.entrySet())
        .filteredOn(group -> group.getValue().isEmpty())
        .extracting(Map.Entry::getKey)
        .isEmpty();
  }

  @Test
  void eachTestThatIsNamedExists() {
    List<String> missing =
        promises.values().stream()
            .flatMap(List::stream)
            .flatMap(promise -> NAMED.matcher(promise).results())
            .filter(named -> !testsOf(named.group(1)).contains(named.group(2)))
            .map(MatchResult::group)
            .toList();
    assertThat(missing).isEmpty();
  }

  @Test
  void noPromiseIsMadeTwice() {
    assertThat(
            promises.values().stream().flatMap(List::stream).map(p -> p.replaceAll(" \\(`.*", "")))
        .doesNotHaveDuplicates();
  }

  private static Map<String, List<String>> promisesOf(List<String> page) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    List<String> group = new ArrayList<>();
    for (String line : page) {
      if (line.startsWith("## ")) {
        group = new ArrayList<>();
        groups.put(line.substring(3), group);
      } else if (line.startsWith("- ")) {
        group.add(line);
      } else if (!line.isBlank() && !group.isEmpty()) {
        group.set(group.size() - 1, group.get(group.size() - 1) + " " + line.strip());
      }
    }
    return groups;
  }

  private static Map<String, String> testSources(Path project) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> modules = Files.list(project)) {
      for (Path module : modules.filter(Files::isDirectory).toList()) {
        Path tests = module.resolve("src/test/java");
        if (Files.isDirectory(tests)) {
          addSources(tests, found);
        }
      }
    }
    return found;
  }

  private static void addSources(Path folder, Map<String, String> found) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        // Modules may have classes of the same name.
        String name = file.getFileName().toString().replace(".java", "");
        found.merge(name, Files.readString(file), String::concat);
      }
    }
  }

  /** The tests of a class, of the classes nested in it, and of the contracts that it fulfils. */
  private static Set<String> testsOf(String name) {
    Set<String> tests = new TreeSet<>();
    String source = sources.get(name);
    if (source != null) {
      TEST.matcher(source).results().forEach(test -> tests.add(test.group(1)));
      Matcher parents =
          Pattern.compile("\\b" + name + "(?:<[^{]*?>)?\\s+(?:extends|implements)\\s+([^{]*)\\{")
              .matcher(source);
      if (parents.find()) {
        Stream.of(parents.group(1).split("\\W+")).map(p -> testsOf(p)).forEach(tests::addAll);
      }
    }
    return tests;
  }
}
