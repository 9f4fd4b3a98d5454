package io.kadb.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The directory of one broker: its settings, its data, its log. What must stay the same from one
 * start to the next, ports and cluster id, is kept in the file of settings.
 */
final class BrokerHome {
  static final String CLUSTER_ID = "kadb.cluster.id";
  static final String BOOTSTRAP = "kadb.bootstrap.servers";

  /** What formatting is told about users of SCRAM, one argument on each line. */
  static final String SCRAM_ARGUMENTS = "kadb.scram.arguments";

  private static final String CLIENT_PORT = "kadb.client.port";
  private static final String PROXIED_PORT = "kadb.proxied.port";
  private static final String CONTROLLER_PORT = "kadb.controller.port";
  private static final int LOG_LINES = 25;

  private final Path directory;
  private final String clusterId;
  private final int clientPort;
  private final int proxiedPort;
  private final int controllerPort;

  private BrokerHome(Path directory, Properties kept, int[] ports) {
    this.directory = directory;
    this.clusterId = kept.getProperty(CLUSTER_ID, newClusterId());
    this.clientPort = Integer.parseInt(kept.getProperty(CLIENT_PORT, "" + ports[0]));
    this.proxiedPort = Integer.parseInt(kept.getProperty(PROXIED_PORT, "" + ports[1]));
    this.controllerPort = Integer.parseInt(kept.getProperty(CONTROLLER_PORT, "" + ports[2]));
  }

  /** The home in this directory: the one that is there, or a new one. */
  static BrokerHome open(Path directory, BrokerSpec spec) {
    try {
      Files.createDirectories(directory);
      Path file = settingsFile(directory);
      Properties kept = new Properties();
      if (Files.exists(file)) {
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
          kept.load(reader);
        }
      }
      BrokerHome home = new BrokerHome(directory.toAbsolutePath(), kept, FreePorts.take(3));
      home.write(spec);
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String bootstrapServers() {
    return "127.0.0.1:" + clientPort;
  }

  int proxiedPort() {
    return proxiedPort;
  }

  String clusterId() {
    return clusterId;
  }

  Path settingsFile() {
    return settingsFile(directory);
  }

  Path logFile() {
    return directory.resolve("broker.log");
  }

  Path directory() {
    return directory;
  }

  /** The end of the child's log, for messages. */
  String lastLogLines() {
    List<String> lines = logLines();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
  }

  /** Whether the child found one of its ports taken. */
  boolean lostItsPort() {
    return logLines().stream().anyMatch(line -> line.contains("Address already in use"));
  }

  private List<String> logLines() {
    try {
      return Files.exists(logFile())
          ? Files.readAllLines(logFile(), StandardCharsets.UTF_8)
          : List.of("(no log)");
    } catch (IOException e) {
      return List.of("(log not readable: " + e + ")");
    }
  }

  static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(BrokerSpec spec) throws IOException {
    Properties settings = new Properties();
    settings.putAll(smallBroker());
    settings.putAll(listeners(spec));
    settings.putAll(spec.security().settings());
    settings.putAll(spec.serverProperties());
    settings.setProperty(CLUSTER_ID, clusterId);
    settings.setProperty(BOOTSTRAP, bootstrapServers());
    settings.setProperty(SCRAM_ARGUMENTS, String.join("\n", spec.security().scramArguments()));
    settings.setProperty(CLIENT_PORT, "" + clientPort);
    settings.setProperty(PROXIED_PORT, "" + proxiedPort);
    settings.setProperty(CONTROLLER_PORT, "" + controllerPort);
    try (var writer = Files.newBufferedWriter(settingsFile(), StandardCharsets.UTF_8)) {
      settings.store(writer, null);
    }
  }

  private Map<String, String> listeners(BrokerSpec spec) {
    String bound =
        "CLIENT://"
            + bootstrapServers()
            + ",INTERNAL://127.0.0.1:0,CONTROLLER://127.0.0.1:"
            + controllerPort;
    String advertised = "CLIENT://" + bootstrapServers() + ",INTERNAL://127.0.0.1:0";
    if (spec.proxiedPort().isPresent()) {
      bound += ",PROXIED://127.0.0.1:" + proxiedPort;
      advertised += ",PROXIED://127.0.0.1:" + spec.proxiedPort().getAsInt();
    }
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("listeners", bound);
    settings.put("advertised.listeners", advertised);
    settings.put(
        "listener.security.protocol.map",
        "CLIENT:"
            + spec.security().protocol()
            + ",INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT,PROXIED:PLAINTEXT");
    settings.put("inter.broker.listener.name", "INTERNAL");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    return settings;
  }

  private Map<String, String> smallBroker() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("log.dirs", directory.resolve("data").toString());
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("log.cleaner.dedupe.buffer.size", "2097152");
    settings.put("num.network.threads", "1");
    settings.put("num.io.threads", "2");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // Messages may bear any time: those of 1970 would be gone after half a minute.
    settings.put("log.retention.ms", "-1");
    // So that a killed broker may come back at once.
    settings.put("broker.session.timeout.ms", "1500");
    settings.put("broker.heartbeat.interval.ms", "200");
    return settings;
  }

  private static Path settingsFile(Path directory) {
    return directory.resolve("broker.properties");
  }

  /** A random id in Kafka's spelling: URL-safe Base64 without padding, no dash in front. */
  private static String newClusterId() {
    while (true) {
      UUID random = UUID.randomUUID();
      byte[] bytes =
          ByteBuffer.allocate(2 * Long.BYTES)
              .putLong(random.getMostSignificantBits())
              .putLong(random.getLeastSignificantBits())
              .array();
      String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      // Kafka's tools would take it for an option.
      if (!id.startsWith("-")) {
        return id;
      }
    }
  }
}
