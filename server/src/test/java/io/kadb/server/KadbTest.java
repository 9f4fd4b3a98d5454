package io.kadb.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KadbTest {
  @Test
  void listsItsCommandsAndExitCodes() {
    Captured run = Captured.run("--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).contains("demo", "sql", "help", "Exit codes:", "64");
  }

  @Test
  void printsTheUsageWithoutArguments() {
    assertThat(Captured.run().output()).isEqualTo(Captured.run("--help").output());
  }

  @Test
  void explainsACommand() {
    Captured run = Captured.run("help", "sql");
    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).contains("--execute", "--file", "--output", "--url");
  }

  @Test
  void knowsItsVersion() {
    Captured run = Captured.run("--version");
    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).containsPattern("kadb \\d+\\.\\d+").contains("Java ");
  }

  @Test
  void refusesAnUnknownCommand() {
    Captured run = Captured.run("dmeo");
    assertThat(run.exitCode()).isEqualTo(64);
    assertThat(run.output()).isEmpty();
    assertThat(run.errors()).contains("dmeo");
  }
}
