package io.kadb.server.load.faults;

import static io.kadb.testing.TestClients.await;

import io.kadb.broker.BrokerProcess;
import io.kadb.broker.BrokerSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * A cluster of two brokers, whose topics are on both, so that leaders can move. The first one is
 * the controller as well.
 */
final class TwoBrokers implements AutoCloseable {
  private final List<BrokerProcess> brokers = new ArrayList<>();
  private final Admin admin;

  private TwoBrokers(Path folder) throws IOException {
    BrokerSpec spec =
        BrokerSpec.small()
            .with("default.replication.factor", "2")
            .with("min.insync.replicas", "1")
            .with("replica.lag.time.max.ms", "2000");
    brokers.add(BrokerProcess.startIn(folder.resolve("broker1"), spec));
    Path second = folder.resolve("broker2");
    brokers.add(BrokerProcess.startIn(second, joining(spec, folder.resolve("broker1"), second)));
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    Waits.until(() -> await(admin.describeCluster().nodes()).size() == 2, "two brokers");
  }

  static TwoBrokers start(Path folder) {
    try {
      return new TwoBrokers(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A broker without a controller, which belongs to the cluster of the first. */
  private static BrokerSpec joining(BrokerSpec spec, Path first, Path second) throws IOException {
    Properties settings = new Properties();
    try (var reader = Files.newBufferedReader(first.resolve("broker.properties"))) {
      settings.load(reader);
    }
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Properties kept = new Properties();
    kept.setProperty("kadb.cluster.id", settings.getProperty("kadb.cluster.id"));
    kept.setProperty("kadb.client.port", Integer.toString(port));
    Files.createDirectories(second);
    try (var writer = Files.newBufferedWriter(second.resolve("broker.properties"))) {
      kept.store(writer, null);
    }
    return spec.with("process.roles", "broker")
        .with("node.id", "2")
        .with("listeners", "CLIENT://127.0.0.1:" + port + ",INTERNAL://127.0.0.1:0")
        .with("controller.quorum.voters", settings.getProperty("controller.quorum.voters"));
  }

  /** The brokers themselves, the controller first. */
  BrokerProcess broker(int number) {
    return brokers.get(number - 1);
  }

  String bootstrapServers() {
    return brokers.get(0).bootstrapServers() + "," + brokers.get(1).bootstrapServers();
  }

  /** Creates a topic that both brokers have; the first leads the even partitions. */
  void createTopic(String name, int partitions) {
    Map<Integer, List<Integer>> replicas = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      replicas.put(partition, partition % 2 == 0 ? List.of(1, 2) : List.of(2, 1));
    }
    await(admin.createTopics(List.of(new NewTopic(name, replicas))).all());
    awaitInSync(name);
  }

  /** Waits until both brokers have all messages of a topic. */
  void awaitInSync(String topic) {
    Waits.until(
        () -> partitions(topic).stream().allMatch(p -> p.isr().size() == 2), "both are in sync");
  }

  /** Has each partition led by the other broker; both must be in sync. */
  void swapLeaders(String topic) {
    awaitInSync(topic);
    Map<TopicPartition, Optional<NewPartitionReassignment>> orders = new HashMap<>();
    Map<Integer, Integer> wanted = new HashMap<>();
    for (TopicPartitionInfo partition : partitions(topic)) {
      int other = partition.leader() != null && partition.leader().id() == 1 ? 2 : 1;
      wanted.put(partition.partition(), other);
      orders.put(
          new TopicPartition(topic, partition.partition()),
          Optional.of(new NewPartitionReassignment(List.of(other, 3 - other))));
    }
    await(admin.alterPartitionReassignments(orders).all());
    Waits.until(() -> await(admin.listPartitionReassignments().reassignments()).isEmpty(), "order");
    await(admin.electLeaders(ElectionType.PREFERRED, orders.keySet()).partitions());
    Waits.until(
        () ->
            partitions(topic).stream()
                .allMatch(p -> p.leader() != null && wanted.get(p.partition()) == p.leader().id()),
        "the leaders have moved");
  }

  private List<TopicPartitionInfo> partitions(String topic) {
    try {
      return await(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic).partitions();
    } catch (AssertionError notKnownYet) {
      return List.of(new TopicPartitionInfo(0, null, List.of(), List.of()));
    }
  }

  /** The offset that the next message of each partition will get. */
  Map<Integer, Long> ends(String topic, int partitions) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      wanted.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    Map<Integer, Long> ends = new HashMap<>();
    await(admin.listOffsets(wanted).all())
        .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
    return ends;
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
    brokers.forEach(BrokerProcess::close);
  }
}
