package io.kadb.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The program of the child: one process that is broker and controller. Takes the path of a file of
 * server properties, formats the data directory unless it is formatted, says {@code READY
 * <bootstrap> <cluster id>} on standard output when clients may come, and ends when standard input
 * closes, so that no broker outlives the one who started it.
 */
final class BrokerMain {

  private BrokerMain() {}

  public static void main(String[] args) {
    PrintStream answers = System.out;
    // Whatever else prints belongs into the log, not between the answers.
    System.setOut(System.err);
    try {
      run(Path.of(args[0]), answers);
      end(0);
    } catch (Throwable e) {
      e.printStackTrace();
      end(1);
    }
  }

  private static void run(Path settings, PrintStream answers) throws Exception {
    Properties properties = read(settings);
    String clusterId = String.valueOf(properties.remove(BrokerHome.CLUSTER_ID));
    String bootstrap = String.valueOf(properties.remove(BrokerHome.BOOTSTRAP));
    String scramArguments = String.valueOf(properties.remove(BrokerHome.SCRAM_ARGUMENTS));
    KafkaConfig config = new KafkaConfig(properties, false);
    Path identity = Path.of(config.metadataLogDir()).resolve("meta.properties");
    if (!Files.exists(identity)) {
      format(config, clusterId, scramArguments.lines().toList());
    }
    KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
    server.startup();
    // The id comes from the disk: the directory may be one of another cluster.
    answers.println("READY " + bootstrap + " " + read(identity).get("cluster.id"));
    answers.flush();
    awaitEnd(System.in);
    server.shutdown();
    server.awaitShutdown();
  }

  /** Ends the process although threads of a half-started server may still run. */
  private static void end(int code) {
    System.err.flush();
    Runtime.getRuntime().halt(code);
  }

  private static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    return properties;
  }

  private static void format(KafkaConfig config, String clusterId, List<String> scramArguments)
      throws Exception {
    new Formatter()
        .setPrintStream(System.err)
        .setClusterId(clusterId)
        .setNodeId(config.nodeId())
        .setDirectories(config.logDirs())
        .setMetadataLogDirectory(config.metadataLogDir())
        .setControllerListenerName("CONTROLLER")
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setScramArguments(scramArguments)
        .run();
  }

  private static void awaitEnd(InputStream input) throws IOException {
    byte[] ignored = new byte[64];
    while (input.read(ignored) >= 0) {
      // Only the end of the stream counts.
    }
  }
}
