package io.kadb.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
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
 * A topic of CSV messages of about 110 bytes with eight fields, dealt evenly to its partitions.
 *
 * @param messages how many there are
 * @param bytes how many bytes their values have together
 */
record CsvTopic(long messages, long bytes) {
  static final String NAME = "benchmark";
  static final int PARTITIONS = 4;

  /** The columns, one for each field. */
  static final String COLUMNS =
      "id BIGINT, customer VARCHAR, quantity INTEGER, weight DOUBLE PRECISION, ordered TIMESTAMP,"
          + " paid BOOLEAN, note VARCHAR, amount DECIMAL(10,2)";

  private static final long SEED = 20_240_229;
  private static final LocalDateTime FIRST = LocalDateTime.of(2024, 1, 1, 0, 0);
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);
  private static final List<String> NOTES =
      List.of(
          "leave it with the neighbours on the left",
          "by noon please and ring twice",
          "fragile: glass and candles inside",
          "gift: please put no invoice into it");

  /** Creates and fills the topic; the contents are the same each time. */
  static CsvTopic create(String brokers, long messages)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      NewTopic topic = new NewTopic(NAME, Optional.of(PARTITIONS), Optional.empty());
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
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties, bytes, bytes)) {
      for (long id = 0; id < messages; id++) {
        byte[] value = message(id, random).getBytes(StandardCharsets.UTF_8);
        total += value.length;
        producer.send(new ProducerRecord<>(NAME, (int) (id % PARTITIONS), null, value));
      }
    }
    return new CsvTopic(messages, total);
  }

  /** One message, without quotes. */
  private static String message(long id, RandomGenerator random) {
    return id
        + ",customer-"
        + random.nextInt(100_000)
        + ","
        + random.nextInt(1, 1_000)
        + ","
        + random.nextInt(100, 100_000) / 1_000.0
        + ","
        + TIMESTAMP.format(FIRST.plusNanos(id * 1_234_567_000L))
        + ","
        + random.nextBoolean()
        + ","
        + NOTES.get(random.nextInt(NOTES.size()))
        + ","
        + random.nextInt(1, 1_000_000)
        + "."
        + random.nextInt(10, 100);
  }
}
