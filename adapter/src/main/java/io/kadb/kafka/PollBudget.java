package io.kadb.kafka;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Hands on the values of a poll as they are, until there are enough of them: further values are
 * left out, and the reader has to come back for their records.
 *
 * <p>A consumer bounds what it fetches, but not what becomes of it: a few MiB of compressed batches
 * may hold thousands of messages of a MiB each, and a poll unpacks as many as {@code
 * max.poll.records} says. Keys and headers are not counted. Belongs to one consumer.
 */
final class PollBudget implements Deserializer<byte[]> {
  /** Above what a consumer fetches at a time, so that only compressed batches get there. */
  static final long BYTES = 16L << 20;

  /** Stands for a value that was left out; known by its identity. */
  private static final byte[] LEFT_OUT = new byte[0];

  private final long budgetBytes;
  private long bytes;

  PollBudget(long budgetBytes) {
    this.budgetBytes = budgetBytes;
  }

  /** Begins a poll. */
  void renew() {
    bytes = 0;
  }

  /** Returns whether a value was left out. */
  static boolean leftOut(byte @Nullable [] value) {
    return value == LEFT_OUT;
  }

  @Override
  public byte @Nullable [] deserialize(String topic, byte @Nullable [] data) {
    return data == null || spend(data.length) ? data : LEFT_OUT;
  }

  @Override
  public byte @Nullable [] deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
    if (data == null) {
      return null;
    }
    if (!spend(data.remaining())) {
      return LEFT_OUT;
    }
    byte[] value = new byte[data.remaining()];
    data.get(value);
    return value;
  }

  /** Whatever its size, the first value always passes: the reader must get on. */
  private boolean spend(int more) {
    boolean left = bytes < budgetBytes;
    bytes += more;
    return left;
  }
}
