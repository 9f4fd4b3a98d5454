package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.broker.BrokerProcess;
import io.kadb.testing.KafkaCluster;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Kafka's own program {@code kafka-consumer-groups}, in a JVM of its own. */
final class ConsumerGroupsTool {
  private static final String PROGRAM =
      "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand";
  private static final int DEADLINE_SECONDS = 60;

  private ConsumerGroupsTool() {}

  /** Returns what it says of a group: {@code topic|partition|offset}, sorted. */
  static List<String> committed(KafkaCluster kafka, String group) throws Exception {
    return run("--bootstrap-server", kafka.bootstrapServers(), "--describe", "--group", group)
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(words -> words.length > 3 && words[0].equals(group))
        .map(words -> words[1] + "|" + words[2] + "|" + words[3])
        .sorted()
        .toList();
  }

  private static String run(String... arguments)
      throws IOException, InterruptedException, URISyntaxException {
    Path library = library();
    String[] jars =
        library.toFile().list((folder, name) -> name.matches("kafka-tools-\\d.*\\.jar"));
    assertThat(jars)
        .as("the jar of org.apache.kafka:kafka-tools among those of the module broker")
        .isNotEmpty();
    Path output = Files.createTempFile("consumer-groups-", ".out");
    try {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  library + File.separator + "*",
                  PROGRAM));
      command.addAll(Arrays.asList(arguments));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      String said = Files.readString(output, StandardCharsets.UTF_8);
      assertThat(ended).as(said).isTrue();
      assertThat(process.exitValue()).as(said).isZero();
      return said;
    } finally {
      Files.delete(output);
    }
  }

  /** The folder with the broker's jars, as the broker itself finds it. */
  private static Path library() throws URISyntaxException {
    String told = System.getProperty("kadb.broker.lib");
    return told != null
        ? Path.of(told).toAbsolutePath()
        : Path.of(BrokerProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolveSibling("broker-lib");
  }
}
