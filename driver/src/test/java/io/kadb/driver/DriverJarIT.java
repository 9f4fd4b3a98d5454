package io.kadb.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The jar that people drop beside other people's libraries: small, old enough, alone. */
class DriverJarIT {
  private static final long MOST_BYTES = 9_000_000;
  private static final int JAVA_8 = 52;

  private final Path jar = Path.of(System.getProperty("kadb.driver.jar"));

  @Test
  void isSmall() throws IOException {
    assertThat(Files.size(jar)).isLessThan(MOST_BYTES);
  }

  @Test
  void holdsClassesForJava8UnderItsOwnNameOnly() throws IOException {
    List<String> foreign = new ArrayList<>();
    List<String> tooNew = new ArrayList<>();
    int classes = 0;
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().toList()) {
        if (entry.getName().endsWith(".class")) {
          classes++;
          if (!entry.getName().startsWith("io/kadb/driver/")) {
            foreign.add(entry.getName());
          }
          if (version(file, entry) > JAVA_8) {
            tooNew.add(entry.getName());
          }
        }
      }
    }
    assertThat(classes).isGreaterThan(100);
    assertThat(foreign).isEmpty();
    assertThat(tooNew).isEmpty();
  }

  @Test
  void offersNoServiceButTheDriver() throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      List<String> services =
          file.stream()
              .map(JarEntry::getName)
              .filter(n -> n.startsWith("META-INF/services/") && !n.endsWith("/"))
              .toList();
      assertThat(services).containsExactly("META-INF/services/java.sql.Driver");
      String drivers =
          new String(file.getInputStream(file.getJarEntry(services.get(0))).readAllBytes());
      assertThat(drivers.strip()).isEqualTo("io.kadb.driver.RemoteDriver");
    }
  }

  @Test
  void connectsAndReadsAloneInAClassLoader() throws Exception {
    NumbersScript script = new NumbersScript(5);
    try (ScriptedServer server = new ScriptedServer(script);
        URLClassLoader alone =
            new URLClassLoader(
                new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      Driver driver = ServiceLoader.load(Driver.class, alone).iterator().next();
      assertThat(driver.getClass().getClassLoader()).isSameAs(alone);
      try (Connection connection = driver.connect(server.url(), new Properties());
          ResultSet result = connection.createStatement().executeQuery("q")) {
        int rows = 0;
        while (result.next()) {
          rows++;
        }
        assertThat(rows).isEqualTo(5);
      }
    }
    assertThat(script.confirmed).hasValue(1);
  }

  private static int version(JarFile file, JarEntry entry) throws IOException {
    try (DataInputStream in = new DataInputStream(file.getInputStream(entry))) {
      assertThat(in.readInt()).isEqualTo(0xCAFEBABE);
      in.readUnsignedShort();
      return in.readUnsignedShort();
    }
  }
}
