package io.kadb.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.spi.ToolProvider;

/**
 * kadb as people install it: a folder with the launcher, and in {@code lib} the jars that this
 * process has on its class path, its folders of classes packed.
 */
final class Distribution {
  private static final Path LAUNCHER = Path.of("server", "src", "dist", "bin", "kadb");

  /** What the launcher gives a command that is to be there at once. */
  private static final List<String> QUICK_START =
      List.of("-XX:+UseSerialGC", "-Xshare:auto", "-XX:TieredStopAtLevel=1");

  private static Optional<Distribution> made = Optional.empty();

  private final Path root;

  private Distribution(Path root) {
    this.root = root;
  }

  /** The only one of this process; it is deleted when the process ends. */
  static Distribution ofThisProcess() throws IOException {
    synchronized (Distribution.class) {
      if (made.isEmpty()) {
        Path folder = Files.createTempDirectory("kadb-benchmark-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        made = Optional.of(in(folder));
      }
      return made.get();
    }
  }

  private static void delete(Path folder) {
    try {
      Lab.delete(folder);
    } catch (IOException e) {
      System.err.println("benchmark: cannot delete " + folder + " (" + e.getMessage() + ")");
    }
  }

  /** Makes the folder; the working directory is the root of kadb's sources. */
  private static Distribution in(Path folder) throws IOException {
    Path lib = Files.createDirectories(folder.resolve("lib"));
    Files.copy(
        LAUNCHER,
        Files.createDirectories(folder.resolve("bin")).resolve("kadb"),
        StandardCopyOption.COPY_ATTRIBUTES);
    int own = 0;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry).toAbsolutePath();
      Path link = lib.resolve(path.getFileName());
      if (Files.isDirectory(path)) {
        pack(path, lib.resolve("kadb-" + own++ + ".jar"));
      } else if (Files.exists(path) && !Files.exists(link)) {
        Files.createSymbolicLink(link, path);
      }
    }
    return new Distribution(folder);
  }

  private static void pack(Path classes, Path jar) {
    ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
    String[] arguments = {"--create", "--file", jar.toString(), "-C", classes.toString(), "."};
    if (tool.run(System.out, System.err, arguments) != 0) {
      throw new IllegalStateException("cannot pack " + classes);
    }
  }

  /** A command of kadb, which may keep the classes of its first run. */
  ProcessBuilder kadb(String jvmOptions, String... arguments) {
    return command(jvmOptions, root.resolve("cache"), arguments);
  }

  /** The same where there is no place to keep classes. */
  ProcessBuilder kadbWithoutKeptClasses(String jvmOptions, String... arguments) {
    return command(jvmOptions, root.resolve("bin").resolve("kadb"), arguments);
  }

  private ProcessBuilder command(String jvmOptions, Path cache, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(root.resolve("bin").resolve("kadb").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("KADB_"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("KADB_JAVA_OPTS", jvmOptions.strip());
    environment.put("XDG_CACHE_HOME", cache.toString());
    return builder;
  }

  /** A program of the same class path that is not kadb, with the same options of the JVM. */
  ProcessBuilder other(Class<?> program, List<String> jvmOptions, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(QUICK_START);
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", root.resolve("lib") + File.separator + "*", program.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }
}
