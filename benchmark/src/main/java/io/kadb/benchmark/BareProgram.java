package io.kadb.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A program that only reads a topic: what a start of kadb is compared with. */
public final class BareProgram {
  private BareProgram() {}

  /** Takes brokers and a topic; with {@code count} it prints how many messages there are. */
  public static void main(String[] args) throws Exception {
    if (args.length > 2) {
      System.out.println(
          new BareConsumers(args[0], args[1], () -> MessageReader.touching(1)).read());
    } else {
      first(args[0], args[1]);
    }
  }

  private static void first(String brokers, String topic) {
    List<TopicPartition> partitions =
        IntStream.range(0, BenchmarkTopic.PARTITIONS)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList();
    StringDeserializer text = new StringDeserializer();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(BareConsumers.properties(brokers), text, text)) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      ConsumerRecords<String, String> records = ConsumerRecords.empty();
      while (records.isEmpty()) {
        records = consumer.poll(Duration.ofSeconds(1));
      }
      for (ConsumerRecord<String, String> message : records) {
        System.out.println(message.value());
        break;
      }
    }
  }
}
