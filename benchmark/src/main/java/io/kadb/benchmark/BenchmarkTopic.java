package io.kadb.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A topic of orders, dealt evenly to its partitions.
 *
 * @param form the form of its messages
 * @param messages how many there are
 * @param bytes how many bytes their values have together
 */
record BenchmarkTopic(Form form, long messages, long bytes) {
  static final int PARTITIONS = 4;

  /** Where the generator of the orders begins. */
  static final long SEED = 20_240_229;

  /** Creates and fills the topic; the contents are the same each time. */
  static BenchmarkTopic create(String brokers, Form form, long messages)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      NewTopic topic = new NewTopic(form.topic(), Optional.of(PARTITIONS), Optional.empty());
      admin.createTopics(List.of(topic)).all().get();
    }
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers", brokers,
            "linger.ms", "20",
            "batch.size", "131072",
            // More could get out of sequence while the partitions are being created.
            "max.in.flight.requests.per.connection", "1");
    ByteArraySerializer bytes = new ByteArraySerializer();
    RandomGenerator random = new SplittableRandom(SEED);
    long total = 0;
    long id = 0;
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties, bytes, bytes)) {
      for (long message = 0; message < messages; message++) {
        List<Order> orders = new ArrayList<>(form.orders());
        for (int i = 0; i < form.orders(); i++) {
          orders.add(Order.next(id++, random));
        }
        byte[] value = form.value(orders);
        total += value.length;
        producer.send(
            new ProducerRecord<>(form.topic(), (int) (message % PARTITIONS), null, value));
      }
    }
    return new BenchmarkTopic(form, messages, total);
  }

  /** How many rows the messages give. */
  long rows() {
    return messages * form.orders();
  }
}
