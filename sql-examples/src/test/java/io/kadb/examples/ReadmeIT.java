package io.kadb.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.broker.BrokerProcess;
import io.kadb.broker.BrokerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first session, typed as it stands there; only the broker's address is another. */
class ReadmeIT {
  static final String ADDRESS = "localhost:9092";
  private static final String TOPIC = "my_topic";
  static final int MESSAGES = 12;

  /** Commands that somebody else runs: the demo's test, and whoever runs this one. */
  private static final List<String> RUN_ELSEWHERE = List.of("./kadb demo", "mvn verify");

  /** Begins the commands that {@link LoadingPagesIT} runs: they need a PostgreSQL. */
  private static final String LOAD = "./kadb load ";

  @TempDir Path folder;

  @Test
  void everyCommandOfTheReadmeWorks() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(BrokerSpec.small())) {
      produce(broker.bootstrapServers());
      List<String> ran = new ArrayList<>();
      StringBuilder output = new StringBuilder();
      for (Readme.Block block : Readme.read().blocks()) {
        String text = block.text().replace(ADDRESS, broker.bootstrapServers());
        if (block.language().equals("sql")) {
          output.append(run(List.of("sql", "-f", write(text).toString())));
          ran.add("sql");
        } else {
          for (String command : text.lines().toList()) {
            boolean elsewhere = RUN_ELSEWHERE.contains(command) || loads().contains(command);
            output.append(elsewhere ? "" : run(kadbArguments(command)));
            ran.add(command);
          }
        }
      }
      assertThat(ran).containsAll(RUN_ELSEWHERE).hasSizeGreaterThan(7);
      assertThat(output.toString())
          .contains("message 0", "| " + MESSAGES + " ")
          .contains("{\"prt\":1,\"off\":6}");
    }
  }

  /** The commands of the block that loads, also those that prepare it. */
  static List<String> loads() throws IOException {
    return Readme.read().texts("sh").stream()
        .filter(block -> block.contains(LOAD))
        .flatMap(String::lines)
        .toList();
  }

  private String run(List<String> arguments) throws Exception {
    Map<String, String> environment = Map.of("KADB_HOME", folder.resolve("home").toString());
    CommandLineRun run = CommandLineRun.of(folder, environment, arguments);
    assertThat(run.exitCode()).as("kadb %s: %s", arguments, run.errors()).isZero();
    return run.output();
  }

  /** The arguments of {@code ./kadb …}; a test that does not know a command fails. */
  static List<String> kadbArguments(String command) {
    assertThat(command).startsWith("./kadb sql ");
    Matcher word = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(command.substring(7));
    List<String> arguments = new ArrayList<>();
    while (word.find()) {
      arguments.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return arguments;
  }

  private Path write(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "readme", ".sql"), text);
  }

  /** Fills the topic of the page: {@code message 0} and so on, in turn in two partitions. */
  static void produce(String brokers) throws Exception {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", brokers, "max.in.flight.requests.per.connection", "1");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      NewTopic topic = new NewTopic(TOPIC, Optional.of(2), Optional.empty());
      admin.createTopics(List.of(topic)).all().get();
    }
    StringSerializer text = new StringSerializer();
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(properties, text, text)) {
      IntStream.range(0, MESSAGES)
          .forEach(i -> producer.send(new ProducerRecord<>(TOPIC, i % 2, null, "message " + i)));
    }
  }
}
