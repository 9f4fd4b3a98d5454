package io.kadb.testing;

import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * A running Kafka cluster of one broker. A test gets it as a parameter, see {@link KafkaTest}; only
 * a cluster of its own may be killed, stopped or paused.
 */
public interface KafkaCluster extends AutoCloseable {

  /** Where clients connect, {@code host:port}; stays the same over kill, stop and start. */
  String bootstrapServers();

  /**
   * What a client needs to connect, as properties of the Java client. A {@link Secured} cluster has
   * a plain entrance besides, so that a test may set its stage.
   */
  default Map<String, Object> clientProperties() {
    return Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
  }

  /** An admin client and producers of this cluster, for setting the stage. */
  TestClients clients();

  /**
   * Ends the broker at once (SIGKILL); the data stay. Needs an own cluster, like all that breaks.
   */
  default void kill() {
    throw onlyOwn("kill");
  }

  /** Ends the broker in good order; the data stay. */
  default void stop() {
    throw onlyOwn("stop");
  }

  /** Starts a broker that was killed or stopped. */
  default void start() {
    throw onlyOwn("start");
  }

  /** Freezes the broker: connections stay open and nobody answers. */
  default void pause() {
    throw onlyOwn("pause");
  }

  /** Lets a paused broker go on. */
  default void resume() {
    throw onlyOwn("resume");
  }

  /** The connection breaker in front of {@link #proxiedBootstrapServers}. */
  default TcpProxy proxy() {
    throw onlyOwn("proxy");
  }

  /** Where clients connect that shall come through {@link #proxy}, for all they do. */
  default String proxiedBootstrapServers() {
    throw onlyOwn("proxiedBootstrapServers");
  }

  /** Creates a topic under a name nobody else uses, {@code <stem>-<number>}. */
  default TestTopic newTopic(String stem, int partitions) {
    return newTopic(stem, partitions, Map.of());
  }

  /** Creates a topic with settings such as {@code cleanup.policy} under a name nobody else uses. */
  default TestTopic newTopic(String stem, int partitions, Map<String, String> configs) {
    String name = UniqueNames.next(stem, '-');
    clients().createTopic(name, partitions, configs);
    return new TestTopic(this, name);
  }

  @Override
  void close();

  private static UnsupportedOperationException onlyOwn(String what) {
    return new UnsupportedOperationException(
        what + ": the cluster is shared, ask for an own one with @KafkaTest(own = true)");
  }
}
