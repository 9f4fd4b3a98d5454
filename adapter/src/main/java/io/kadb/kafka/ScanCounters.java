package io.kadb.kafka;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the scans of some clients have read, and how many there are now. Thread-safe. */
final class ScanCounters {
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger segments = new AtomicInteger();
  private final LongAdder messages = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final Map<Ending, LongAdder> ended = new EnumMap<>(Ending.class);

  ScanCounters() {
    for (Ending ending : Ending.values()) {
      ended.put(ending, new LongAdder());
    }
  }

  /** One scan, from its start until its last segment has ended. Thread-safe. */
  final class Running {
    private int left;
    private Ending worst = Ending.RANGES_DONE;

    private Running(int segments) {
      left = segments;
    }

    /** Notes that a segment has ended; with the last one the scan has. */
    synchronized void segmentEnded(Ending how) {
      segments.decrementAndGet();
      worst = how.outranks(worst) ? how : worst;
      if (--left == 0) {
        running.decrementAndGet();
        ended.get(worst).increment();
      }
    }
  }

  /** Counts what a segment took. */
  void took(long newMessages, long newBytes) {
    messages.add(newMessages);
    bytes.add(newBytes);
  }

  /** Notes that a scan of so many segments begins; one without any has nothing to end. */
  Running begin(int newSegments) {
    if (newSegments == 0) {
      return new Running(0);
    }
    running.incrementAndGet();
    segments.addAndGet(newSegments);
    return new Running(newSegments);
  }

  /** Returns the values as they are now. */
  ScanActivity activity() {
    Map<String, Long> endings = new TreeMap<>();
    ended.forEach((how, count) -> endings.put(how.name().toLowerCase(Locale.ROOT), count.sum()));
    return new ScanActivity(
        running.get(), segments.get(), messages.sum(), bytes.sum(), Map.copyOf(endings));
  }
}
