package io.kadb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people unpack, on a machine with a JRE and nothing else: the commands get the modules of a
 * JRE only, and an environment that knows neither Maven nor this project.
 */
@Timeout(120)
class DistributionIT {
  private static final String LISTENING = "kadb server listening on ";
  private static final int DEADLINE_SECONDS = 100;
  private static final String JRE_ONLY =
      "--limit-modules=java.se,jdk.charsets,jdk.crypto.ec,jdk.localedata,jdk.management,"
          + "jdk.naming.dns,jdk.net,jdk.security.auth,jdk.security.jgss,jdk.unsupported,jdk.zipfs";

  @TempDir static Path unpacked;
  private static Path root = Path.of("");

  @TempDir Path folder;
  private boolean withoutOptions;

  @BeforeAll
  static void unpack() throws Exception {
    Path archive = Path.of(System.getProperty("kadb.distribution"));
    Process tar =
        new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", unpacked.toString())
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    root = only(unpacked, "kadb-");
    assertThat(archive).hasFileName(root.getFileName() + ".tar.gz");
  }

  @Test
  void holdsWhatItsPagesNameAndNothingOfTheBuild() throws IOException {
    assertThat(names(root))
        .containsExactlyInAnyOrder(
            "LICENSE", "README.md", "bin", "conf", "docs", "jdbc", "lib", "sql-examples");
    assertThat(names(root.resolve("jdbc")))
        .hasSize(2)
        .anyMatch(n -> n.startsWith("kadb-driver-"))
        .anyMatch(n -> n.startsWith("kadb-adapter-") && n.endsWith("-all.jar"));
    assertThat(names(root.resolve("sql-examples")))
        .contains("README.md", "01-text.sql", "data", "messages", "greenplum")
        .doesNotContain("target", "src", "pom.xml");
    assertThat(root.resolve("docs/clients/java.md")).exists();
    assertThat(names(root.resolve("lib"))).noneMatch(n -> n.contains("junit"));
  }

  @Test
  void saysItsVersionThroughASymbolicLink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("kadb"), root.resolve("bin/kadb"));
    try {
      String version = root.getFileName().toString().substring("kadb-".length());
      assertThat(output(link, "--version")).startsWith("kadb " + version + "\n");
    } finally {
      Files.delete(link);
    }
  }

  @Test
  void runsSql() throws Exception {
    assertThat(output(command(), "sql", "--output", "csv", "-e", "SELECT 1 AS one"))
        .isEqualTo("\"one\"\n\"1\"\n");
  }

  /** The first run keeps classes for the next; what it kept may be gone bad, and is left alone. */
  @Test
  void runsSqlWithTheClassesThatAnEarlierRunKept() throws Exception {
    withoutOptions = true;
    Path cache = folder.resolve(".cache/kadb");
    for (int run = 0; run < 3; run++) {
      assertThat(output(command(), "sql", "--output", "csv", "-e", "SELECT " + run + " AS run"))
          .isEqualTo("\"run\"\n\"" + run + "\"\n");
      assertThat(errors()).isEmpty();
      assertThat(names(cache)).singleElement().asString().matches("sql-\\d+\\.jsa");
      if (run == 1) {
        Files.write(cache.resolve(names(cache).get(0)), new byte[1000]);
      }
    }
  }

  @Test
  void runsTheDemoOnABrokerOfItsOwn() throws Exception {
    String script = root.resolve("sql-examples/11-text-values.sql").toString();
    assertThat(output(command(), "demo", "--run", script)).contains("temperatures");
  }

  @Test
  void servesUntilItIsTold() throws Exception {
    Process process = start(command(), "server", "--port", "0");
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      assertThat(line).startsWith(LISTENING);
      String url = line.substring(LISTENING.length());
      HttpRequest health = HttpRequest.newBuilder(URI.create(url).resolve("/health")).build();
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(health, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"status\":\"ok\"");
      String thin = "jdbc:kadb" + url.substring(url.indexOf("://")) + "/";
      assertThat(selectOne("kadb-driver-", "io.kadb.driver.RemoteDriver", thin)).isEqualTo(1);
      // Process.destroy would close the stream that is still to be read.
      process.toHandle().destroy();
      assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void readsItsOwnConfigurationFile() throws Exception {
    Path file = root.resolve("conf/kadb.conf");
    String before = Files.readString(file);
    Files.writeString(file, before + "\nprot = 1\n");
    try {
      Process process = start(command(), "server");
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
      assertThat(errors()).contains("kadb.conf: there is no option prot");
    } finally {
      Files.writeString(file, before);
    }
  }

  @Test
  void theJarWithEverythingWorksAlone() throws Exception {
    String url = "jdbc:kadb:?kadb.home=" + folder.resolve("all");
    assertThat(selectOne("kadb-adapter-", "io.kadb.jdbc.KadbDriver", url)).isEqualTo(1);
  }

  /** Runs SELECT 1 by a driver's jar alone. */
  private static int selectOne(String jar, String driverClass, String url) throws Exception {
    URL[] alone = {only(root.resolve("jdbc"), jar).toUri().toURL()};
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(alone, ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(loader);
      Driver driver = (Driver) loader.loadClass(driverClass).getDeclaredConstructor().newInstance();
      try (Connection connection = driver.connect(url, new Properties());
          ResultSet row = connection.createStatement().executeQuery("SELECT 1")) {
        assertThat(row.next()).isTrue();
        return row.getInt(1);
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Path command() {
    return root.resolve("bin/kadb");
  }

  private String output(Path command, String... arguments) throws Exception {
    Path output = folder.resolve("output");
    Process process = builder(command, arguments).redirectOutput(output.toFile()).start();
    try {
      process.getOutputStream().close();
      assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(errors()).isZero();
      return Files.readString(output);
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(Path command, String... arguments) throws IOException {
    return builder(command, arguments).start();
  }

  private ProcessBuilder builder(Path command, String... arguments) {
    List<String> line = new ArrayList<>(List.of(command.toString()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("HOME", folder.toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("KADB_HOME", folder.resolve("home").toString());
    if (!withoutOptions) {
      environment.put("KADB_JAVA_OPTS", JRE_ONLY);
    }
    return builder.redirectError(folder.resolve("errors").toFile());
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("errors"));
  }

  private static Path only(Path parent, String prefix) throws IOException {
    List<String> found = names(parent).stream().filter(n -> n.startsWith(prefix)).toList();
    assertThat(found).hasSize(1);
    return parent.resolve(found.get(0));
  }

  private static List<String> names(Path parent) throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }
}
