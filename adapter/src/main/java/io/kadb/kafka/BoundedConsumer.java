package io.kadb.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer whose polls give values within a {@link PollBudget}. */
final class BoundedConsumer extends KafkaConsumer<byte[], byte[]> {
  private final PollBudget budget;

  BoundedConsumer(Map<String, Object> settings) {
    this(settings, new PollBudget(PollBudget.BYTES));
  }

  private BoundedConsumer(Map<String, Object> settings, PollBudget budget) {
    super(settings, new ByteArrayDeserializer(), budget);
    this.budget = budget;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    budget.renew();
    return super.poll(timeout);
  }
}
