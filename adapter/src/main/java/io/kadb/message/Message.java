package io.kadb.message;

import io.kadb.error.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of a Kafka topic. Arrays belong to the message and must not be changed; not safe for
 * use by several threads at once.
 */
public interface Message {
  /** Returns the topic's name. */
  String topic();

  /** Returns the partition, from 0. */
  int partition();

  /** Returns the offset in the partition, from 0. */
  long offset();

  /** Returns the timestamp in milliseconds since 1970-01-01 UTC; -1 where the message has none. */
  long timestampMillis();

  /** Returns what the timestamp means. */
  TimestampType timestampType();

  /** Returns the key, or null. */
  byte @Nullable [] key();

  /** Returns the value, or null (a tombstone). */
  byte @Nullable [] value();

  /** Returns the headers in their order; empty if there are none. */
  List<Header> headers();

  /** Returns the message's place as errors name it. */
  default Place place() {
    return new Place(topic(), partition(), offset());
  }
}
