package io.kadb;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar that holds everything, in a class loader that sees nothing else but the JDK. */
@KafkaTest
@Timeout(60)
class AllJarIT {
  private static final String DRIVER = "io.kadb.jdbc.KadbDriver";

  private final KafkaCluster kafka;
  private final Thread thread = Thread.currentThread();
  private final ClassLoader contextLoader = thread.getContextClassLoader();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private URLClassLoader loader;
  @TempDir private Path home;

  AllJarIT(KafkaCluster kafka) {
    this.kafka = kafka;
  }

  @BeforeEach
  void load() throws IOException {
    loader =
        new URLClassLoader(new URL[] {jar().toUri().toURL()}, ClassLoader.getPlatformClassLoader());
  }

  @AfterEach
  void unload() throws IOException {
    System.setOut(out);
    System.setErr(err);
    thread.setContextClassLoader(contextLoader);
    loader.close();
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(f -> f.getFileName().toString().matches("kadb-adapter-.*-all\\.jar"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no jar of everything in target"));
    }
  }

  @Test
  void readsATopicAndPrintsNothing() throws SQLException {
    TestTopic topic = topic();
    print();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());

    assertThat(read(topic)).containsExactly("1|a|1.50", "2|b|2.25", "3|c|null");

    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void readsATopicAlthoughTheThreadSeesOtherClassesOfTheSameNames() throws SQLException {
    assertThat(contextLoader.getResource(DRIVER.replace('.', '/') + ".class")).isNotNull();
    assertThat(read(topic())).hasSize(3);
  }

  private TestTopic topic() {
    TestTopic topic = kafka.newTopic("all", 2);
    topic.send(0, "1,a,1.50", "3,c,");
    topic.send(1, "2,b,2.25");
    return topic;
  }

  private void print() {
    PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(stream);
    System.setErr(stream);
  }

  private List<String> read(TestTopic topic) throws SQLException {
    Driver driver =
        ServiceLoader.load(Driver.class, loader).stream()
            .filter(provider -> provider.type().getName().equals(DRIVER))
            .map(ServiceLoader.Provider::get)
            .findFirst()
            .orElseThrow();
    assertThat(driver.getClass().getClassLoader()).isSameAs(loader);
    Properties properties = new Properties();
    properties.setProperty("kadb.home", home.toString());
    properties.setProperty("scanMode", "snapshot");
    try (SqlClient sql = new SqlClient(driver.connect("jdbc:kadb:", properties))) {
      sql.update(
          "CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
              + kafka.bootstrapServers()
              + "', k_consumer_group 'g', k_seg_batch '10', k_timeout_ms '1000', format 'csv')");
      sql.update(
          "CREATE FOREIGN TABLE t (id int, name text, amount numeric) SERVER s OPTIONS (k_topic '"
              + topic.name()
              + "')");
      return sql.rows("SELECT * FROM t WHERE id < ? ORDER BY id", 10);
    }
  }
}
