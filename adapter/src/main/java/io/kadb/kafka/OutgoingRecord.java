package io.kadb.kafka;

import io.kadb.message.OutgoingMessage;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** A message as a producer takes it. */
final class OutgoingRecord {
  private OutgoingRecord() {}

  static ProducerRecord<byte[], byte[]> of(String topic, OutgoingMessage message) {
    @Nullable Integer partition =
        message.partition().isPresent() ? message.partition().getAsInt() : null;
    @Nullable Long timestamp =
        message.timestampMillis().isPresent() ? message.timestampMillis().getAsLong() : null;
    List<Header> headers = new ArrayList<>();
    message.headers().forEach(h -> headers.add(new RecordHeader(h.key(), h.value())));
    return new ProducerRecord<>(
        topic, partition, timestamp, message.key(), message.value(), headers);
  }
}
