package io.kadb.examples;

import io.kadb.server.demo.DemoEnvironment;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each numbered script, as it is, prints through a server and the thin driver what it prints in
 * process.
 */
class ExamplesThroughServerIT {
  @TempDir static Path temporary;

  private static DemoEnvironment environment;
  private static ServerProcess server;

  @BeforeAll
  static void serve() throws Exception {
    environment = ExampleScripts.start();
    // The address is in the environment of the server only: that is where references are resolved.
    Map<String, String> variables = Map.of("KADB_BROKERS", environment.brokers());
    server = ServerProcess.start(temporary, variables, environment.storeUrl());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    environment.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.kadb.examples.ExampleScripts#names")
  void printsWhatIsExpected(String script) throws Exception {
    ExampleScripts.prepare(script, environment);
    CommandLineRun run =
        CommandLineRun.of(temporary, Map.of(), ExampleScripts.arguments(script, server.url()));
    ExampleScripts.assertPrinted(run, script);
  }
}
