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
 * A topic that was filled, dealt evenly to its partitions.
 *
 * @param shape what it is like
 * @param bytes how many bytes the values of its messages have together
 * @param oneColumn what {@link Form#oneColumn} is to find
 */
record BenchmarkTopic(TopicShape shape, long bytes, long oneColumn) {
  static final int PARTITIONS = 4;

  /** Where the generator of the orders begins. */
  static final long SEED = 20_240_229;

  /** Creates and fills the topic of a form; the contents are the same each time. */
  static BenchmarkTopic create(String brokers, Form form, long messages)
      throws ExecutionException, InterruptedException {
    return create(brokers, TopicShape.of(form, messages));
  }

  /** Creates and fills a topic; the contents are the same each time. */
  static BenchmarkTopic create(String brokers, TopicShape shape)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      NewTopic topic =
          new NewTopic(shape.name(), Optional.of(shape.partitions()), Optional.empty());
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
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties, bytes, bytes)) {
      return shape.messageBytes() == 0 ? sendOrders(producer, shape) : sendTexts(producer, shape);
    }
  }

  private static BenchmarkTopic sendOrders(
      KafkaProducer<byte[], byte[]> producer, TopicShape shape) {
    Form form = shape.form();
    RandomGenerator random = new SplittableRandom(SEED);
    long total = 0;
    long quantity = 0;
    long longest = 0;
    long id = 0;
    for (long message = 0; message < shape.messages(); message++) {
      List<Order> orders = new ArrayList<>(form.orders());
      for (int i = 0; i < form.orders(); i++) {
        Order order = Order.next(id++, random);
        orders.add(order);
        quantity += order.quantity();
      }
      byte[] value = form.value(orders);
      total += value.length;
      longest = Math.max(longest, value.length);
      send(producer, shape, message, value);
    }
    return new BenchmarkTopic(shape, total, form == Form.TEXT ? longest : quantity);
  }

  private static BenchmarkTopic sendTexts(
      KafkaProducer<byte[], byte[]> producer, TopicShape shape) {
    SizedTexts texts = new SizedTexts(shape.messageBytes());
    for (long message = 0; message < shape.messages(); message++) {
      send(producer, shape, message, texts.text(message));
    }
    return new BenchmarkTopic(shape, shape.messages() * shape.messageBytes(), shape.messageBytes());
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, TopicShape shape, long message, byte[] value) {
    producer.send(new ProducerRecord<>(shape.name(), shape.partition(message), null, value));
  }

  /** The form of its messages. */
  Form form() {
    return shape.form();
  }

  /** How many messages there are. */
  long messages() {
    return shape.messages();
  }

  /** How many rows the messages give. */
  long rows() {
    return messages() * form().orders();
  }
}
