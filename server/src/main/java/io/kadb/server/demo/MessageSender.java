package io.kadb.server.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes topics of one partition from folders of messages.
 *
 * @param brokers where to connect, {@code host:port,...}
 */
public record MessageSender(String brokers) {
  /** Messages may be old: none is to be deleted for its age. */
  private static final Map<String, String> KEPT = Map.of("retention.ms", "-1");

  /** Makes a topic of each folder and sends its messages. */
  public void send(List<MessageFolder> folders)
      throws IOException, ExecutionException, InterruptedException {
    createTopics(folders);
    ByteArraySerializer bytes = new ByteArraySerializer();
    Map<String, Object> properties =
        Map.of("bootstrap.servers", brokers, "max.in.flight.requests.per.connection", "1");
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties, bytes, bytes)) {
      List<Future<?>> sent = new ArrayList<>();
      for (MessageFolder folder : folders) {
        for (ProducerRecord<byte[], byte[]> message : folder.messages()) {
          sent.add(producer.send(message));
        }
      }
      for (Future<?> each : sent) {
        each.get();
      }
    }
  }

  private void createTopics(List<MessageFolder> folders)
      throws ExecutionException, InterruptedException {
    List<NewTopic> topics =
        folders.stream()
            .map(folder -> new NewTopic(folder.topic(), 1, (short) 1).configs(KEPT))
            .toList();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      admin.createTopics(topics).all().get();
    }
  }
}
