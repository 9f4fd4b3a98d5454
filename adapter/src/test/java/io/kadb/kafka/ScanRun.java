package io.kadb.kafka;

import io.kadb.message.OffsetRange;
import io.kadb.message.PartitionRange;
import io.kadb.option.ClientProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What a scan gave: the messages in the order they came, and the positions reached. */
record ScanRun(List<String> messages, Map<Integer, Long> positions, List<Ending> endings) {
  private static final long DEADLINE_NANOS = Duration.ofSeconds(30).toNanos();
  static final ClientProperties NOWHERE =
      new ClientProperties(Map.of("bootstrap.servers", "nowhere:9092"));

  /** Reads a scan to its end. */
  static ScanRun toEnd(SegmentScan<List<String>> scan) {
    List<String> messages = new ArrayList<>();
    Map<Integer, Long> positions = new TreeMap<>();
    await(
        () -> {
          Delivery<List<String>> delivery = scan.poll(Duration.ofMillis(20));
          if (delivery != null) {
            if (delivery.batch() != null) {
              messages.addAll(delivery.batch());
            }
            positions.putAll(delivery.positions());
          }
          return scan.finished();
        });
    return new ScanRun(messages, positions, scan.endings());
  }

  /** Returns how many messages came of a partition. */
  long countOf(int partition) {
    return messages.stream().filter(text -> text.startsWith(partition + "@")).count();
  }

  static PartitionRange from(int partition, long start) {
    return new PartitionRange(partition, OffsetRange.from(start));
  }

  static PartitionRange range(int partition, long start, long end) {
    return new PartitionRange(partition, new OffsetRange(start, end));
  }

  /** Returns limits without a deadline. */
  static ScanLimits atMost(long messages) {
    return new ScanLimits(messages, OptionalLong.empty(), Duration.ofSeconds(20), 1 << 20);
  }

  static ScanLimits unlimited() {
    return atMost(Long.MAX_VALUE);
  }

  /** Returns limits with a deadline from now on. */
  static ScanLimits within(Duration time, long messages) {
    return new ScanLimits(
        messages,
        OptionalLong.of(System.nanoTime() + time.toNanos()),
        Duration.ofSeconds(20),
        1 << 20);
  }

  /** Waits until something holds. */
  static void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > DEADLINE_NANOS) {
        throw new AssertionError("waited in vain");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
