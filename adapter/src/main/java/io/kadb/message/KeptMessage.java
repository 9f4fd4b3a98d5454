package io.kadb.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that is kept beyond the moment it was read in. Its arrays must not be changed.
 *
 * @param topic the topic's name
 * @param partition the partition
 * @param offset the offset in the partition
 * @param timestampMillis milliseconds since 1970-01-01 UTC; -1 where the message has no timestamp
 * @param timestampType what the timestamp means
 * @param key the key, or null
 * @param value the value, or null
 * @param headers the headers in their order
 */
public record KeptMessage(
    String topic,
    int partition,
    long offset,
    long timestampMillis,
    TimestampType timestampType,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<Header> headers)
    implements Message {
  /** Copies the list of headers. */
  public KeptMessage {
    headers = List.copyOf(headers);
  }

  /** Keeps a message; its arrays are shared. */
  public static KeptMessage of(Message message) {
    return new KeptMessage(
        message.topic(),
        message.partition(),
        message.offset(),
        message.timestampMillis(),
        message.timestampType(),
        message.key(),
        message.value(),
        message.headers());
  }

  /** Returns the memory the message holds, in bytes, as a fair estimate. */
  public long heldBytes() {
    long bytes = 200L + length(key) + length(value);
    for (Header header : headers) {
      bytes += 100L + header.key().length() + length(header.value());
    }
    return bytes;
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
