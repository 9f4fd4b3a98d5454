package io.kadb.benchmark;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Trino as {@code benchmark/trino} leaves it, and the JDK it runs on, which is a later one than
 * this JVM's.
 *
 * @param folder where {@code lib}, {@code plugin} and the driver are
 * @param javaHome a JDK of {@link #JAVA} or later
 */
record TrinoInstallation(Path folder, Path javaHome) {
  /** The first release of Java that this Trino runs on. */
  static final int JAVA = 24;

  private static final String DRIVER = "trino-jdbc.jar";

  /**
   * Looks for both: Trino in the folder that the system property {@code benchmark.trino} names, or
   * in {@code benchmark/target/trino}; the JDK in the folders that the variables {@code
   * TRINO_JAVA_HOME} and {@code JAVA24_HOME} of the environment name, then in those beside this
   * JVM's and in {@code /usr/lib/jvm}.
   */
  static TrinoInstallation find() {
    Path folder =
        Path.of(System.getProperty("benchmark.trino", "benchmark/target/trino")).toAbsolutePath();
    if (!Files.isRegularFile(folder.resolve("version"))) {
      throw new IllegalStateException(
          "no Trino in " + folder + ": run benchmark/trino to fetch it");
    }
    return new TrinoInstallation(folder, findJava());
  }

  private static Path findJava() {
    for (String variable : List.of("TRINO_JAVA_HOME", "JAVA24_HOME")) {
      String home = System.getenv(variable);
      if (home != null && !home.isBlank()) {
        if (release(Path.of(home)) < JAVA) {
          throw new IllegalStateException(
              variable + " is " + home + ", which is no JDK " + JAVA + " or later");
        }
        return Path.of(home);
      }
    }
    Path own = Path.of(System.getProperty("java.home"));
    return Stream.of(own, own.resolveSibling("."), Path.of("/usr/lib/jvm"))
        .flatMap(place -> place.equals(own) ? Stream.of(own) : folders(place))
        .filter(home -> release(home) >= JAVA)
        // The first release that does is the one it was made for.
        .min(Comparator.comparingInt(TrinoInstallation::release))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Trino needs a JDK "
                        + JAVA
                        + " or later, and there is none beside "
                        + own
                        + " or in /usr/lib/jvm: say where one is by the variable TRINO_JAVA_HOME"));
  }

  private static Stream<Path> folders(Path parent) {
    if (!Files.isDirectory(parent)) {
      return Stream.empty();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(Files::isDirectory).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The release of Java in this folder, 0 if there is none. */
  private static int release(Path home) {
    Properties release = new Properties();
    if (!Files.isExecutable(home.resolve("bin").resolve("java"))) {
      return 0;
    }
    try (Reader file = Files.newBufferedReader(home.resolve("release"))) {
      release.load(file);
      String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
      return Runtime.Version.parse(version).feature();
    } catch (IOException | IllegalArgumentException e) {
      return 0;
    }
  }

  /** The release of Trino. */
  String version() {
    try {
      return Files.readString(folder.resolve("version")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The release of the JDK. */
  int javaRelease() {
    return release(javaHome);
  }

  /** The program that starts a JVM. */
  String java() {
    return javaHome.resolve("bin").resolve("java").toString();
  }

  /** Trino's JDBC driver, which is on nobody's class path. */
  Driver driver() {
    try {
      URL[] jar = {folder.resolve(DRIVER).toUri().toURL()};
      // Stays open as long as the driver is used, which is until the end of this JVM.
      ClassLoader loader = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader());
      return (Driver)
          loader.loadClass("io.trino.jdbc.TrinoDriver").getDeclaredConstructor().newInstance();
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException("Trino's driver cannot be loaded from " + folder, e);
    }
  }
}
