package io.kadb.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.Kadb;
import io.kadb.server.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load in a process of its own, which gets SIGTERM or is killed. */
class StoppedLoadIT extends LoadFixture {
  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void send() {
    topic.send(0, "1,one,1", "2,two,1");
    topic.send(1, "3,three,1");
  }

  @AfterEach
  void killAll() {
    started.forEach(Process::destroyForcibly);
  }

  private Process start(String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Kadb.class.getName(),
                "load",
                "--from",
                "src",
                "--into",
                "target",
                "-u",
                url()));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    started.add(process);
    return process;
  }

  /** Asks it to end by SIGTERM and returns its exit code. */
  private static int end(Process process) throws InterruptedException {
    process.toHandle().destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();
    return process.exitValue();
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("out"));
  }

  private void awaitTarget(long rows) {
    RunningLoad.await(
        () -> postgres.queryLong("SELECT count(*) FROM target") == rows, rows + " rows");
  }

  @Test
  void sumsUpWhenItIsToldToStop() throws Exception {
    Process load = start();
    awaitTarget(3);
    topic.send(1, "4,four,1");
    awaitTarget(4);
    assertThat(end(load)).as(Files.readString(folder.resolve("err"))).isEqualTo(ExitCode.OK);
    assertThat(output())
        .contains("4 rows loaded", "partition 0 at offset 2\n", "partition 1 at offset 2\n");
    assertThat(offsets("src")).containsExactly("0|2", "1|2");
  }

  @Test
  void abandonsABatchThatDoesNotEnd() throws Exception {
    postgres.execute(
        "CREATE OR REPLACE FUNCTION waits() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END $$",
        "CREATE TRIGGER waits BEFORE INSERT ON target FOR EACH STATEMENT"
            + " EXECUTE PROCEDURE waits()");
    try (Connection other = postgres.connect()) {
      other.setAutoCommit(false);
      Sql.rows(other, "SELECT pg_advisory_xact_lock(4711)");
      Process load = start("--quit-at-eof", "--grace", "300ms");
      RunningLoad.await(
          () -> postgres.queryLong("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0,
          "the load waits for the target");
      assertThat(end(load)).isEqualTo(ExitCode.STOPPED);
      other.rollback();
    }
    assertThat(Files.readString(folder.resolve("err"))).contains("the batch was abandoned");
    assertThat(output()).contains("0 rows loaded");
    assertThat(target()).isEmpty();
    assertThat(offsets("src")).isEmpty();
    assertThat(load().output()).contains("3 rows loaded");
  }

  @Test
  void loadsEachMessageOnceAlthoughItIsKilled() throws Exception {
    sql.update("ALTER FOREIGN TABLE src OPTIONS (SET k_seg_batch '50')");
    String[] messages = new String[4000];
    for (int i = 0; i < messages.length; i++) {
      messages[i] = (10 + i) + ",x,1";
    }
    topic.send(0, messages);
    Process load = start();
    RunningLoad.await(
        () -> postgres.queryLong("SELECT count(*) FROM target") > 100, "it is under way");
    load.destroyForcibly();
    assertThat(load.waitFor(30, TimeUnit.SECONDS)).isTrue();
    // The primary key of the target would refuse a message that comes twice.
    assertThat(load().exitCode()).isZero();
    assertThat(postgres.queryLong("SELECT count(*) FROM target")).isEqualTo(4003);
  }
}
