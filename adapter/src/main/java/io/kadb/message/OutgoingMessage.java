package io.kadb.message;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A message to be written to a topic. Its arrays must not be changed.
 *
 * @param key the key, or null; messages of one key go to one partition unless a partition is said
 * @param value the value, or null for a tombstone
 * @param partition the partition; empty if the key, or chance, decides
 * @param timestampMillis milliseconds since 1970-01-01 UTC, not negative; empty for now
 * @param headers the headers in their order
 */
public record OutgoingMessage(
    byte @Nullable [] key,
    byte @Nullable [] value,
    OptionalInt partition,
    OptionalLong timestampMillis,
    List<Header> headers) {
  /** Copies the list of headers. */
  public OutgoingMessage {
    headers = List.copyOf(headers);
  }

  /** Returns a message of which only key and value are said. */
  public static OutgoingMessage of(byte @Nullable [] key, byte @Nullable [] value) {
    return new OutgoingMessage(key, value, OptionalInt.empty(), OptionalLong.empty(), List.of());
  }
}
