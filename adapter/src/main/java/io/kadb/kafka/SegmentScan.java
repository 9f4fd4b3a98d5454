package io.kadb.kafka;

import io.kadb.message.PartitionRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A scan under way: one daemon thread with one consumer per segment that has anything to read.
 *
 * <pre>{@code
 * try (SegmentScan<Rows> scan = SegmentScan.start(clients, request, segment -> new RowSink())) {
 *   while (!scan.finished()) {
 *     Delivery<Rows> delivery = scan.poll(Duration.ofMillis(100));
 *     …
 *   }
 * }
 * }</pre>
 *
 * <p>One thread polls; {@link #close} may come from any thread. A scan that is dropped without
 * being closed ends when the garbage collector finds it, unless its sinks refer to it.
 *
 * @param <B> what a batch is
 */
public final class SegmentScan<B> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentScan.class);

  /**
   * A segment is slower than this only in a sink that computes, or while a client is being made.
   */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final List<SegmentReader<B>> readers = new ArrayList<>();
  private final DeliveryQueue<B> queue;

  /** When it was closed first. */
  private final AtomicReference<@Nullable Long> closedNanos = new AtomicReference<>();

  private SegmentScan(ScanRequest request) {
    int running = (int) request.segments().stream().filter(SegmentScan::hasWork).count();
    queue = new DeliveryQueue<>(request.limits().bufferBytes(), running, this);
  }

  /**
   * Starts to read.
   *
   * @param sinks makes the sink of a segment, from the segment's index; called on this thread, only
   *     for segments that have something to read
   */
  public static <B> SegmentScan<B> start(
      KafkaClients clients, ScanRequest request, IntFunction<? extends MessageSink<B>> sinks) {
    SegmentScan<B> scan = new SegmentScan<>(request);
    List<String> names = new ArrayList<>();
    for (int segment = 0; segment < request.segments().size(); segment++) {
      List<PartitionRange> ranges = request.segments().get(segment);
      if (hasWork(ranges)) {
        SegmentReader<B> reader =
            new SegmentReader<>(
                clients, request, ranges, sinks.apply(segment), scan.queue, System::nanoTime);
        scan.readers.add(reader);
        names.add("kadb-segment-" + request.topic() + "-" + segment);
      }
    }
    ScanCounters.Running running = clients.scans().begin(names.size());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      SegmentReader<B> reader = scan.readers.get(i);
      threads.add(KafkaClients.daemon(names.get(i), () -> read(reader, running)));
    }
    LOG.debug("scan of {}: {} segments, {}", request.topic(), threads.size(), request.limits());
    startAll(threads, scan, running);
    return scan;
  }

  private static void read(SegmentReader<?> reader, ScanCounters.Running running) {
    try {
      reader.run();
    } finally {
      running.segmentEnded(reader.ending());
    }
  }

  private static void startAll(
      List<Thread> threads, SegmentScan<?> scan, ScanCounters.Running running) {
    int started = 0;
    try {
      for (Thread thread : threads) {
        thread.start();
        started++;
      }
    } finally {
      // The system may refuse a thread: then those that run must not wait for a reader.
      for (int i = started; i < threads.size(); i++) {
        scan.queue.segmentEnded();
        running.segmentEnded(Ending.FAILED);
      }
      if (started < threads.size()) {
        scan.close();
      }
    }
  }

  private static boolean hasWork(List<PartitionRange> ranges) {
    return ranges.stream().anyMatch(range -> !range.range().isEmpty());
  }

  /**
   * Waits for the next delivery.
   *
   * @param wait how long at most
   * @return null if none came in time, or if the scan is {@link #finished}
   * @throws io.kadb.error.KadbException as soon as a segment has failed; {@code CANCELLED} after
   *     {@link #close}
   */
  public @Nullable Delivery<B> poll(Duration wait) {
    return queue.poll(wait);
  }

  /** Returns whether all segments have ended without an error and everything was taken. */
  public boolean finished() {
    return queue.finished();
  }

  /**
   * Ends the scan: segments stop, consumers go back, what waits is thrown away. From any thread,
   * any number of times. Returns when the consumers are back, at the latest a second after it was
   * called first.
   */
  @Override
  public void close() {
    closedNanos.compareAndSet(null, System.nanoTime());
    queue.stop();
    readers.forEach(SegmentReader::wake);
    long since = System.nanoTime() - Objects.requireNonNull(closedNanos.get());
    queue.awaitEnd(CLOSE_LIMIT.minusNanos(since));
  }

  /** Returns how the segments that had something to read ended, as far as they have. */
  List<Ending> endings() {
    return readers.stream().map(SegmentReader::ending).toList();
  }
}
