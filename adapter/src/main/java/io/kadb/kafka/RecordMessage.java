package io.kadb.kafka;

import io.kadb.message.Header;
import io.kadb.message.Message;
import io.kadb.message.TimestampType;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** A view of one record after the other as a message; one per segment. */
final class RecordMessage implements Message {
  private ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("", 0, 0, null, null);

  /** Shows another record from now on. */
  RecordMessage show(ConsumerRecord<byte[], byte[]> next) {
    record = next;
    return this;
  }

  @Override
  public String topic() {
    return record.topic();
  }

  @Override
  public int partition() {
    return record.partition();
  }

  @Override
  public long offset() {
    return record.offset();
  }

  @Override
  public long timestampMillis() {
    return record.timestamp();
  }

  @Override
  public TimestampType timestampType() {
    return switch (record.timestampType()) {
      case NO_TIMESTAMP_TYPE -> TimestampType.NONE;
      case CREATE_TIME -> TimestampType.CREATE;
      case LOG_APPEND_TIME -> TimestampType.LOG_APPEND;
    };
  }

  @Override
  public byte @Nullable [] key() {
    return record.key();
  }

  @Override
  public byte @Nullable [] value() {
    return record.value();
  }

  @Override
  public List<Header> headers() {
    Headers headers = record.headers();
    List<Header> list = new ArrayList<>();
    headers.forEach(header -> list.add(new Header(header.key(), header.value())));
    return list;
  }
}
