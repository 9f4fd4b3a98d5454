package io.kadb.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.function.IntPredicate;

/**
 * What the brokers say about topics: always asked afresh, each question within a time limit.
 *
 * <p>Safe for use by several threads. All methods throw {@link io.kadb.error.KadbException}: {@code
 * BROKERS_UNREACHABLE} where the limit passes without an answer, {@code CANCELLED} where the caller
 * does not want to know any more or the thread is interrupted, {@code AUTHENTICATION_FAILED},
 * {@code NOT_AUTHORIZED}, {@code BAD_OPTION_VALUE} where the client refuses its properties.
 */
public interface TopicOffsets {
  /** Returns the names of all topics but Kafka's internal ones, sorted. */
  List<String> topics(Duration limit);

  /**
   * Returns the partitions of a topic in the order in which Kafka returns them. A topic that does
   * not exist is the error {@code NO_SUCH_TOPIC}, and is not created by asking.
   */
  List<Integer> partitions(String topic, Duration limit);

  /**
   * What a topic has at one moment.
   *
   * @param partitions the partitions asked about, in the order in which Kafka returns them
   * @param watermarks their offsets
   */
  record Available(List<Integer> partitions, Watermarks watermarks) {
    public Available {
      partitions = List.copyOf(partitions);
    }
  }

  /**
   * Returns those of the partitions of a topic that are wanted, with their earliest and end
   * offsets: what {@link #partitions} and then {@link #watermarks} say, in less time.
   *
   * @param limit the time for each of the two questions
   */
  Available available(String topic, IntPredicate wanted, Duration limit);

  /**
   * Returns the earliest and the end offsets of partitions, asked for at once. The end offset is
   * the last stable one unless the client's {@code isolation.level} is {@code read_uncommitted}.
   *
   * @param partitions partitions that exist: one that does not makes the call run into its limit
   */
  Watermarks watermarks(String topic, Collection<Integer> partitions, Duration limit);

  /**
   * Returns the earliest offset of a message that is not older than a moment, asked for at once; a
   * partition without such a message is missing.
   *
   * @param partitions partitions that exist, as in {@link #watermarks}
   * @param timestampMs milliseconds since 1970; before that every message is new enough
   */
  SortedMap<Integer, Long> since(
      String topic, Collection<Integer> partitions, long timestampMs, Duration limit);

  /**
   * Returns whether a topic is set to give messages the time at which they are appended; no if this
   * user may not know.
   */
  boolean stampsWhenAppending(String topic, Duration limit);
}
