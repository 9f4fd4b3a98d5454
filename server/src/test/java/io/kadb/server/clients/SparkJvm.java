package io.kadb.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Spark in a JVM of its own, on jars that are on no other class path. Runs the program {@code
 * SparkPrompt}, which obeys one line after the other.
 */
final class SparkJvm implements AutoCloseable {
  private static final String PROGRAM = "SparkPrompt";
  private static final String DONE = "DONE";
  private static final long END_SECONDS = 20;

  /** What Spark's own start script opens. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  private final Process process;
  private final BufferedReader answers;
  private final Writer lines;
  private final Path log;

  private SparkJvm(Process process, Path log) {
    this.process = process;
    this.log = log;
    answers = process.inputReader(StandardCharsets.UTF_8);
    lines = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * Compiles the program and starts it by {@code spark-submit}.
   *
   * @param folder where it may write
   * @param page the source of the class {@code SparkPage}
   * @param submit what stands behind {@code spark-submit}, but for master, settings and program
   */
  static SparkJvm start(Path folder, String page, List<String> submit) throws IOException {
    String jars = jars();
    Path classes = Files.createDirectory(folder.resolve("classes"));
    compile(classes, jars, Files.writeString(folder.resolve("SparkPage.java"), page));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    // Neither that of the server nor a whole number of hours from it.
    command.addAll(List.of("-Duser.timezone=Asia/Kolkata", "-Djava.io.tmpdir=" + folder));
    OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    command.addAll(List.of("-cp", jars, "org.apache.spark.deploy.SparkSubmit"));
    command.addAll(List.of("--master", "local[2]", "--conf", "spark.ui.enabled=false"));
    command.addAll(List.of("--conf", "spark.sql.shuffle.partitions=2"));
    command.addAll(List.of("--conf", "spark.driver.host=localhost"));
    command.addAll(submit);
    command.addAll(List.of("--class", PROGRAM, classes.toUri().toString()));
    Path log = folder.resolve("spark.log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    SparkJvm spark = new SparkJvm(builder.redirectError(log.toFile()).start(), log);
    spark.answer();
    return spark;
  }

  private static String jars() throws IOException {
    try (Stream<Path> jars = Files.list(Path.of(System.getProperty("kadb.spark.lib")))) {
      return jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
  }

  private static void compile(Path classes, String jars, Path page) {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    Path program = Path.of("src", "test", "spark", PROGRAM + ".java");
    String[] arguments = {
      "-cp", jars, "-proc:none", "-d", classes.toString(), program.toString(), page.toString()
    };
    int result = ToolProvider.getSystemJavaCompiler().run(null, null, errors, arguments);
    assertThat(result).as(errors.toString(StandardCharsets.UTF_8)).isZero();
  }

  /** Returns the lines that a command prints. */
  List<String> ask(String command) {
    try {
      lines.write(command.replace('\n', ' ') + "\n");
      lines.flush();
      return answer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> answer() throws IOException {
    List<String> answer = new ArrayList<>();
    for (String line = answers.readLine(); !DONE.equals(line); line = answers.readLine()) {
      assertThat(line).as("Spark has ended: %s", tailOfLog()).isNotNull();
      answer.add(line);
    }
    return answer;
  }

  private String tailOfLog() throws IOException {
    try (Stream<String> all = Files.lines(log)) {
      List<String> read = all.toList();
      return String.join("\n", read.subList(Math.max(0, read.size() - 40), read.size()));
    }
  }

  /** Ends it by the end of its input, so that it clears up. */
  @Override
  public void close() throws IOException {
    lines.close();
    try {
      process.waitFor(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
