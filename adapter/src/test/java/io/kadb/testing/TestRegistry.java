package io.kadb.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real schema registry, Apicurio's with the Confluent API, in a JVM of its own. It starts with
 * the first test that asks for it, keeps its schemas in memory, and ends with this JVM.
 */
public final class TestRegistry {
  /** Where the registry's jars are, if not beside the tests' classes. */
  private static final String PROPERTY = "kadb.registry.lib";

  private static final String LISTENING = "Listening on: ";
  private static final Pattern ADDRESS = Pattern.compile(LISTENING + "(http://[0-9.:]+)");
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*([0-9]+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI address;

  private static final class Started {
    static final TestRegistry REGISTRY = start();
  }

  private TestRegistry(URI address) {
    this.address = address;
  }

  /** The registry of this JVM. */
  public static TestRegistry started() {
    return Started.REGISTRY;
  }

  private static TestRegistry start() {
    ChildJvm child =
        ChildJvm.start(
            TemporaryFolder.untilExit("kadb-registry-"),
            RegistryMain.class,
            List.of(
                "-Xmx256m",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=0",
                "-Dquarkus.log.category.\"io.quarkus\".level=INFO"),
            jar().toString());
    child.awaitOutput(LISTENING, 1);
    Matcher said = ADDRESS.matcher(child.output());
    if (!said.find()) {
      throw new AssertionError("it does not say where it listens: " + child.output());
    }
    return new TestRegistry(URI.create(said.group(1) + "/apis/ccompat/v7"));
  }

  private static Path jar() {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .filter(file -> file.toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no registry in " + folder()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    String told = System.getProperty(PROPERTY);
    if (told != null) {
      return Path.of(told);
    }
    try {
      URI classes = TestRegistry.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(classes).resolveSibling("registry");
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** What goes into option schema_registry_url. */
  public URI address() {
    return address;
  }

  /**
   * Registers a schema and returns its id.
   *
   * @param references what it refers to, as the registry's API wants it: {@code
   *     {"name":…,"subject":…,"version":…}}
   */
  public int register(String subject, String schema, String... references) {
    String body =
        "{\"schema\":" + quoted(schema) + ",\"references\":[" + String.join(",", references) + "]}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/subjects/" + subject + "/versions"))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      Matcher id = ID.matcher(answer);
      if (!id.find()) {
        throw new AssertionError("not registered: " + answer);
      }
      return Integer.parseInt(id.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while a schema is registered", e);
    }
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
