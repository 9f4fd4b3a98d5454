package io.kadb.sql;

import io.kadb.testing.TestClients;
import io.kadb.testing.TestTopic;
import io.kadb.testing.UniqueNames;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeEach;

/** A table for the functions of schema {@code kadb}, its group, and looks at both. */
abstract class OffsetFunctionsFixture extends TwoStoresFixture {
  /** A partition that no topic of this class has. */
  static final int STRAY = 9;

  TestTopic topic;
  String group;

  @BeforeEach
  final void name() {
    group = UniqueNames.next("functions", '-');
  }

  /** Partition 0 has messages of the times 1000 and 3000, partition 1 one of 2000, 2 none. */
  final void table(String... options) throws SQLException {
    topic = kafka.newTopic("functions", 3);
    topic.sendAt(0, 1000, "a");
    topic.sendAt(0, 3000, "b");
    topic.sendAt(1, 2000, "c");
    List<String> all = new ArrayList<>(List.of("k_consumer_group '" + group + "'"));
    all.addAll(List.of(options));
    table("t (v text)", topic, all.toArray(String[]::new));
  }

  final void store(long... offsets) throws SQLException {
    for (int p = 0; p < offsets.length; p++) {
      storeOffset("t", p, offsets[p]);
    }
  }

  final String ftoid() throws SQLException {
    return sql.value("SELECT 't'::regclass::oid");
  }

  /** Returns rows as they are in kadb.offsets, without the table's OID. */
  final List<String> load(String call) throws SQLException {
    return sql.rows("SELECT prt, off FROM kadb." + call + " ORDER BY prt");
  }

  final void commitByHand(Map<Integer, Long> offsets) {
    Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
    offsets.forEach(
        (partition, offset) ->
            commits.put(
                new TopicPartition(topic.name(), partition), new OffsetAndMetadata(offset)));
    TestClients.await(kafka.clients().admin().alterConsumerGroupOffsets(group, commits).all());
  }

  /** Returns what the group has committed, as Kafka's admin client says. */
  final Map<Integer, Long> committed() {
    Map<Integer, Long> committed = new TreeMap<>();
    TestClients.await(
            kafka.clients().admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .forEach((partition, offset) -> committed.put(partition.partition(), offset.offset()));
    return committed;
  }

  final Consumer<byte[], byte[]> liveMember(String protocol) {
    Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
    settings.put("group.id", group);
    settings.put("group.protocol", protocol);
    Consumer<byte[], byte[]> member =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    member.subscribe(List.of(topic.name()));
    await(
        () -> {
          member.poll(Duration.ofMillis(50));
          return !member.assignment().isEmpty();
        },
        "the consumer did not become a member of its group");
    return member;
  }
}
