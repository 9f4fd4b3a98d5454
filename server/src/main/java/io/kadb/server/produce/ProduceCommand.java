package io.kadb.server.produce;

import io.kadb.error.KadbException;
import io.kadb.jdbc.Topics;
import io.kadb.kafka.TopicWriter;
import io.kadb.message.OutgoingMessage;
import io.kadb.server.cli.ExitCode;
import io.kadb.server.cli.VersionText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kadb produce}: standard input as messages of a topic. */
@Command(
    name = "produce",
    description = {
      "Write standard input into a topic, a message for each line, CSV record or JSON text.",
      "",
      "The topic has to exist. The messages keep the bytes of the input; the command ends well when",
      "all replicas in sync have all of them. What it did is told on standard error.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK + ":every message has arrived",
      ExitCode.FAILED + ":something failed; standard error says how many messages have arrived",
      ExitCode.WRONG_USAGE + ":the command line is wrong"
    },
    exitCodeOnExecutionException = ExitCode.FAILED,
    exitCodeOnInvalidInput = ExitCode.WRONG_USAGE,
    footerHeading = "%nExamples:%n",
    footer = {
      "  kadb produce --brokers localhost:9092 --topic orders --format csv --key 1 < orders.csv",
      "  kadb produce --table public.orders --format json --key /customer/id < orders.json"
    })
public final class ProduceCommand implements Callable<Integer> {
  private static final String UNDEFINED_TABLE = "42P01";

  /** How the input is taken apart. */
  enum Format {
    TEXT,
    CSV,
    JSON
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-u", "--url"},
      paramLabel = "URL",
      defaultValue = "${env:KADB_URL:-jdbc:kadb:}",
      description = "JDBC URL of kadb, in process (default: $KADB_URL, else jdbc:kadb:)")
  private String url = "jdbc:kadb:";

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description = "foreign table whose topic and brokers to use")
  private Optional<String> table = Optional.empty();

  @Option(names = "--topic", paramLabel = "TOPIC", description = "topic; needs --brokers")
  private Optional<String> topic = Optional.empty();

  @Option(names = "--brokers", paramLabel = "HOST:PORT,…", description = "brokers of --topic")
  private Optional<String> brokers = Optional.empty();

  @Option(
      names = "-X",
      paramLabel = "NAME=VALUE",
      description =
          "property of the Kafka client; a value such as $${env:NAME} keeps a secret off the"
              + " command line")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "text: each line is a message (default); csv: each record; json: each JSON text")
  private Format format = Format.TEXT;

  @Option(
      names = "--key",
      paramLabel = "FIELD",
      description =
          "field that is the key: of csv its number from 1, or its name with --header; of json its"
              + " name or its place, such as /customer/id")
  private Optional<String> key = Optional.empty();

  @Option(
      names = "--key-separator",
      paramLabel = "TEXT",
      description = "of text: what stands between key and value of each line")
  private Optional<String> keySeparator = Optional.empty();

  @Option(
      names = "--header",
      description = "of csv: the first record names the fields and is no message")
  private boolean header;

  @Option(
      names = "--null",
      paramLabel = "TEXT",
      description = "input that is this becomes a message without a value (a tombstone)")
  private Optional<String> nullText = Optional.empty();

  @Option(
      names = "--partition",
      paramLabel = "N",
      description = "partition for all messages; otherwise keys, or chance, decide")
  private Optional<Integer> partition = Optional.empty();

  @Option(names = "--rate", paramLabel = "N", description = "messages per second, at most")
  private long rate;

  private final InputStream in;

  /** Called by picocli. */
  public ProduceCommand() {
    this(System.in);
  }

  ProduceCommand(InputStream in) {
    this.in = in;
  }

  @Override
  public Integer call() throws IOException, SQLException {
    check();
    try (Connection connection = DriverManager.getConnection(url, settings());
        TopicWriter writer = connection.unwrap(Topics.class).topic(name()).openWriter()) {
      return produce(writer, input());
    } catch (SQLException e) {
      if (topic.isPresent() && UNDEFINED_TABLE.equals(e.getSQLState())) {
        say("topic " + topic.get() + " does not exist, and kadb creates none");
        return ExitCode.FAILED;
      }
      throw e;
    }
  }

  private int produce(TopicWriter writer, MessageInput input) {
    long began = System.nanoTime();
    try {
      send(writer, input);
      long arrived = writer.flush();
      say(
          String.format(
              Locale.ROOT, "%d messages in %.1f s", arrived, (System.nanoTime() - began) / 1e9));
      return ExitCode.OK;
    } catch (IOException | KadbException e) {
      say(e.getMessage());
      settle(writer);
      say(writer.arrived() + " messages have arrived");
      return ExitCode.FAILED;
    }
  }

  /** What was given before the failure is on its way and to be counted. */
  private static void settle(TopicWriter writer) {
    try {
      writer.flush();
    } catch (KadbException e) {
      // It is the failure that was told already.
    }
  }

  private void send(TopicWriter writer, MessageInput input) throws IOException {
    byte @Nullable [] none =
        nullText.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
    OptionalInt fixed = partition.map(OptionalInt::of).orElse(OptionalInt.empty());
    Pace pace = new Pace(rate);
    long number = 0;
    for (MessageInput.Read read = input.next(); read != null; read = input.next()) {
      if (!pace.await(number++)) {
        throw new IOException("interrupted");
      }
      byte @Nullable [] value = Arrays.equals(read.value(), none) ? null : read.value();
      writer.write(new OutgoingMessage(read.key(), value, fixed, OptionalLong.empty(), List.of()));
    }
  }

  private MessageInput input() throws IOException {
    return switch (format) {
      case TEXT -> new TextInput(in, keySeparator);
      case CSV -> new CsvInput(in, header, key);
      case JSON -> new JsonInput(in, key);
    };
  }

  private void check() {
    require(table.isPresent() != topic.isPresent(), "give either --table or --topic");
    require(topic.isPresent() == brokers.isPresent(), "--topic and --brokers go together");
    require(key.isEmpty() || format != Format.TEXT, "--key is for csv and json");
    require(keySeparator.isEmpty() || format == Format.TEXT, "--key-separator is for text");
    require(!keySeparator.equals(Optional.of("")), "--key-separator is empty");
    require(!header || format == Format.CSV, "--header is for csv");
    require(rate >= 0, "--rate is negative");
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  private Properties settings() {
    Properties settings = new Properties();
    // A new JVM and a busy machine: nobody waits for an answer here but this command.
    settings.setProperty("k_latency_ms", "10000");
    brokers.ifPresent(value -> settings.setProperty("brokers", value));
    properties.forEach((name, value) -> settings.setProperty("#" + name, value));
    return settings;
  }

  private String name() {
    return table
        .or(() -> topic.map(t -> "topics.\"" + t.replace("\"", "\"\"") + '"'))
        .orElseThrow();
  }

  private void say(String text) {
    CommandLine line = spec.commandLine();
    line.getErr().println("kadb produce: " + text);
  }
}
