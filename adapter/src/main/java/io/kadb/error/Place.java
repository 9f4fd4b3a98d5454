package io.kadb.error;

/**
 * Where in Kafka something was found: a message.
 *
 * @param topic the topic
 * @param partition the partition, from 0
 * @param offset the message's offset
 */
public record Place(String topic, int partition, long offset) {
  /** Returns the place as messages show it: {@code orders[3]@1842}. */
  @Override
  public String toString() {
    return topic + "[" + partition + "]@" + offset;
  }
}
