package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.Captured;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kadb server} as its users start it: in a process of its own. */
@Timeout(60)
class ServerCommandIT {
  private static final String LISTENING = "kadb server listening on ";

  @TempDir private Path folder;

  private Process start(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of("io.kadb.server.Kadb", "server", "--home", folder.toString()));
    command.addAll(List.of(options));
    return new ProcessBuilder(command).start();
  }

  @Test
  void printsOneLineWhenItAnswersAndEndsWhenItIsTold() throws Exception {
    Process process = start("--port", "0");
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      assertThat(line).matches(LISTENING + "http://127\\.0\\.0\\.1:\\d+");
      String url = "jdbc:avatica:remote:url=" + line.substring(LISTENING.length());
      try (Connection connection = DriverManager.getConnection(url);
          ResultSet row = connection.createStatement().executeQuery("SELECT 42")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getInt(1)).isEqualTo(42);
      }
      // Process.destroy would close the stream that is still to be read.
      process.toHandle().destroy();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(out.readLine()).isNull();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void saysWhyItCannotStart() throws Exception {
    Process process = start("--store", "jdbc:postgresql://127.0.0.1:1/none");
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(errors).startsWith("kadb: ").doesNotContain("\tat ");
  }

  @Test
  void hashesPasswords() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("geheim\n".getBytes(StandardCharsets.UTF_8)));
    try {
      Captured run = Captured.run("server", "--hash-password", "anna");
      assertThat(run.exitCode()).isZero();
      assertThat(run.output()).startsWith("anna:pbkdf2-sha256$").doesNotContain("geheim");
      String hash = run.output().strip().substring("anna:".length());
      assertThat(PasswordHash.parse(hash).orElseThrow().matches("geheim")).isTrue();
      assertThat(PasswordHash.parse(hash).orElseThrow().matches("Geheim")).isFalse();
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void refusesWrongOptions() {
    assertThat(Captured.run("server", "--prot", "1").exitCode()).isEqualTo(64);
    Captured run = Captured.run("server", "--port", "x");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).contains("--port", "integer");
  }
}
