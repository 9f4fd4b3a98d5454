package io.kadb.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Kafka's mock consumer on partitions that behave as a broker's: with markers, gaps and an end, a
 * poll that waits, and a wake-up that is remembered.
 */
final class LogConsumer extends MockConsumer<byte[], byte[]> {
  static final String TOPIC = "orders";

  private static final class Log {
    final NavigableMap<Long, ConsumerRecord<byte[], byte[]>> records = new TreeMap<>();
    long earliest;
    long end;
    boolean silent;
  }

  private final Map<Integer, Log> logs = new TreeMap<>();
  private int maxPollRecords = 500;
  private PollBudget budget = new PollBudget(Long.MAX_VALUE);
  private boolean onePartitionPerPoll;
  private boolean woken;
  private boolean deleted;
  private KafkaException failure;
  private int polls;
  private int wakeUpsThrown;
  private List<TopicPartition> assigned = List.of();

  LogConsumer() {
    super("none");
  }

  /** Appends messages. */
  synchronized LogConsumer messages(int partition, int count) {
    Log log = log(partition);
    for (int i = 0; i < count; i++) {
      byte[] value = ("v" + log.end).getBytes(StandardCharsets.UTF_8);
      log.records.put(log.end, new ConsumerRecord<>(TOPIC, partition, log.end, null, value));
      log.end++;
    }
    notifyAll();
    return this;
  }

  /** Appends offsets that no reader gets a message for: markers, aborted or compacted messages. */
  synchronized LogConsumer gap(int partition, int count) {
    log(partition).end += count;
    notifyAll();
    return this;
  }

  synchronized LogConsumer deleteBefore(int partition, long offset) {
    log(partition).records.headMap(offset).clear();
    log(partition).earliest = offset;
    return this;
  }

  synchronized LogConsumer maxPollRecords(int most) {
    maxPollRecords = most;
    return this;
  }

  /** Each poll gives values within a budget. */
  synchronized LogConsumer budget(long bytes) {
    budget = new PollBudget(bytes);
    return this;
  }

  /** Polls return records of one partition, the first that has any, as Kafka's may. */
  synchronized LogConsumer onePartitionPerPoll() {
    onePartitionPerPoll = true;
    return this;
  }

  /** The broker of a partition does not answer. */
  synchronized LogConsumer silent(int partition) {
    log(partition).silent = true;
    return this;
  }

  /** The topic is not there any more. */
  synchronized LogConsumer deleted() {
    deleted = true;
    logs.values().forEach(log -> log.silent = true);
    return this;
  }

  synchronized LogConsumer failing(KafkaException next) {
    failure = next;
    return this;
  }

  private Log log(int partition) {
    return logs.computeIfAbsent(partition, p -> new Log());
  }

  synchronized int polls() {
    return polls;
  }

  synchronized int wakeUpsThrown() {
    return wakeUpsThrown;
  }

  /** Returns the partitions read at the moment. */
  synchronized List<Integer> reading() {
    return assigned.stream().map(TopicPartition::partition).sorted().toList();
  }

  @Override
  public synchronized void assign(Collection<TopicPartition> partitions) {
    super.assign(partitions);
    assigned = List.copyOf(partitions);
  }

  @Override
  public synchronized void unsubscribe() {
    super.unsubscribe();
    assigned = List.of();
  }

  @Override
  public synchronized void wakeup() {
    woken = true;
    notifyAll();
  }

  @Override
  public synchronized List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
    if (deleted) {
      return List.of();
    }
    throw new TimeoutException("no answer");
  }

  @Override
  public synchronized OptionalLong currentLag(TopicPartition partition) {
    Log log = log(partition.partition());
    return log.silent ? OptionalLong.empty() : OptionalLong.of(log.end - position(partition));
  }

  @Override
  public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    if (closed()) {
      throw new IllegalStateException("closed");
    }
    if (assigned.isEmpty()) {
      throw new IllegalStateException("nothing is assigned");
    }
    if (Thread.interrupted()) {
      throw new InterruptException("interrupted before a poll");
    }
    polls++;
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      if (woken) {
        woken = false;
        wakeUpsThrown++;
        throw new WakeupException();
      }
      if (failure != null) {
        KafkaException thrown = failure;
        failure = null;
        throw thrown;
      }
      ConsumerRecords<byte[], byte[]> found = fetch();
      if (!found.nextOffsets().isEmpty()) {
        return found;
      }
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return found;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }
  }

  private ConsumerRecords<byte[], byte[]> fetch() {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new LinkedHashMap<>();
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    int room = maxPollRecords;
    budget.renew();
    for (TopicPartition partition : assigned) {
      Log log = log(partition.partition());
      long position = position(partition);
      if (log.silent) {
        continue;
      }
      if (position > log.end || position < log.earliest) {
        throw new OffsetOutOfRangeException(Map.of(partition, position));
      }
      List<ConsumerRecord<byte[], byte[]>> taken =
          new ArrayList<>(
              log.records.tailMap(position).values().stream()
                  .limit(room)
                  .map(this::withinBudget)
                  .toList());
      room -= taken.size();
      Long following =
          taken.isEmpty()
              ? log.records.ceilingKey(position)
              : log.records.higherKey(taken.get(taken.size() - 1).offset());
      long reached = following == null ? log.end : following;
      if (reached > position && (room > 0 || !taken.isEmpty())) {
        next.put(partition, new OffsetAndMetadata(reached));
        seek(partition, reached);
        if (!taken.isEmpty()) {
          records.put(partition, taken);
        }
      }
      if (room == 0 || (onePartitionPerPoll && !taken.isEmpty())) {
        break;
      }
    }
    return new ConsumerRecords<>(records, next);
  }

  private ConsumerRecord<byte[], byte[]> withinBudget(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = budget.deserialize(TOPIC, record.value());
    return value == record.value()
        ? record
        : new ConsumerRecord<>(TOPIC, record.partition(), record.offset(), null, value);
  }
}
