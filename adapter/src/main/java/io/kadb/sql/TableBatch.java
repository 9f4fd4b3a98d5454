package io.kadb.sql;

import io.kadb.kafka.Delivery;
import io.kadb.message.OffsetRange;
import io.kadb.message.PartitionRange;
import io.kadb.message.RejectedMessage;
import io.kadb.option.Option;
import io.kadb.scan.PartitionPredicate;
import io.kadb.scan.RowBatch;
import io.kadb.scan.ScanMode;
import io.kadb.scan.ScanPlan;
import io.kadb.store.OffsetChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What one statement reads of one table: one batch, however often the plan reads it.
 *
 * <p>A plan that reads the table once streams. A plan that reads it several times (a self-join, the
 * inner side of a nested loop) first reads all of it once, which fixes where the batch ends; later
 * readings see exactly the messages of the first. Rows are kept for them while they are few,
 * otherwise they are read from Kafka again.
 */
final class TableBatch {
  private static final long HELD_BYTES = 32L << 20;

  private final TableReading reading;
  private final PartitionPredicate.Parameters parameters;
  private final ScanPlan plan;
  private final boolean readAgain;
  private final List<ScanEnumerator> readers = new ArrayList<>();
  private final Map<ScanSpec, List<Delivery<RowBatch>>> held = new HashMap<>();
  private final Map<Integer, Long> passed = new HashMap<>();
  private final Map<Integer, PartitionTake> taken = new HashMap<>();
  private final Rejects rejects;

  /** What was rejected when the batch was read for the first time, to fix its end. */
  private final List<RejectedMessage> firstRejects = new ArrayList<>();

  private final Map<Integer, Long> firstMessages = new HashMap<>();
  private @Nullable Map<Integer, Long> end;
  private volatile boolean discarding;
  private boolean counting;

  /**
   * Creates the batch.
   *
   * @param readAgain whether the plan may read the table more than once
   */
  TableBatch(
      TableReading reading,
      ScanPlan plan,
      PartitionPredicate.Parameters parameters,
      boolean readAgain) {
    this.reading = reading;
    this.plan = plan;
    this.parameters = parameters;
    this.readAgain = readAgain;
    this.rejects =
        new Rejects(
            reading.table().name().toString(),
            reading.options(),
            reading.mode() == ScanMode.CONSUME);
  }

  /** Opens a reading of what a scan node wants. */
  ScanEnumerator open(ScanSpec spec) {
    reading.checkWanted();
    if (readAgain) {
      forgetClosed();
    }
    boolean mayBePassed = !readAgain && reading.mode() == ScanMode.CONSUME;
    ScanEnumerator reader = reader(deliveries(spec), mayBePassed);
    if (counting) {
      reader.count();
    }
    readers.add(reader);
    return reader;
  }

  private ScanEnumerator reader(Deliveries deliveries, boolean mayBePassed) {
    ScanEnumerator reader = new ScanEnumerator(deliveries, mayBePassed);
    if (reading.rejecting()) {
      reader.handRejectsTo(rejects);
    }
    return reader;
  }

  /** Keeps only what closed readings took: a join may open an input for each of many rows. */
  private void forgetClosed() {
    for (ScanEnumerator reader : List.copyOf(readers)) {
      if (reader.closed()) {
        reader.reached().forEach((p, o) -> passed.merge(p, o, Math::max));
        reader.takes().forEach((p, take) -> taken.merge(p, take, PartitionTake::or));
        reader.handOverRejects();
        readers.remove(reader);
      }
    }
  }

  private Deliveries deliveries(ScanSpec spec) {
    if (!readAgain && readers.isEmpty()) {
      return reading.read(spec, wanted(plan.segments(), spec), () -> discarding);
    } else if (reading.mode() == ScanMode.SNAPSHOT) {
      return ofSnapshot(spec);
    }
    if (end == null) {
      end = readOnce(spec);
    }
    List<Delivery<RowBatch>> kept = held.get(spec);
    return kept != null ? Deliveries.held(kept) : reading.readAgain(spec, upToEnd(spec));
  }

  /** A snapshot has its end from the start; rows are kept while they stream for the first time. */
  private Deliveries ofSnapshot(ScanSpec spec) {
    List<Delivery<RowBatch>> kept = held.get(spec);
    if (kept != null) {
      return Deliveries.held(kept);
    }
    return Deliveries.keeping(
        reading.read(spec, wanted(plan.segments(), spec), () -> false),
        HELD_BYTES,
        all -> held.put(spec, all));
  }

  /** Reads all of the batch, which fixes its end, and keeps the rows if they are few. */
  private Map<Integer, Long> readOnce(ScanSpec spec) {
    Map<Integer, Long> reached = reached();
    Deliveries.Holder holder = new Deliveries.Holder(HELD_BYTES);
    try (Deliveries first = reading.read(spec, plan.segments(), () -> false)) {
      for (Delivery<RowBatch> next = first.next(); next != null; next = first.next()) {
        holder.add(next);
        if (next.batch() != null) {
          firstRejects.addAll(next.batch().rejected());
          next.batch().all((partition, offset) -> firstMessages.merge(partition, 1L, Long::sum));
        }
        next.positions().forEach((p, o) -> reached.merge(p, o, Math::max));
      }
    }
    List<Delivery<RowBatch>> all = holder.all();
    boolean complete = readers.isEmpty() && wantsAll(spec);
    if (all != null && complete) {
      held.put(spec, all);
    }
    return reached;
  }

  private boolean wantsAll(ScanSpec spec) {
    IntPredicate wanted = spec.partitions().bind(parameters);
    return plan.starts().keySet().stream().allMatch(wanted::test);
  }

  private List<List<PartitionRange>> upToEnd(ScanSpec spec) {
    Map<Integer, Long> fixed = end == null ? Map.of() : end;
    List<List<PartitionRange>> segments = new ArrayList<>();
    for (List<PartitionRange> segment : wanted(plan.segments(), spec)) {
      segments.add(
          segment.stream()
              .map(r -> new PartitionRange(r.partition(), upTo(r.range(), fixed, r.partition())))
              .toList());
    }
    return segments;
  }

  private static OffsetRange upTo(OffsetRange range, Map<Integer, Long> fixed, int partition) {
    long to = fixed.getOrDefault(partition, range.start());
    return new OffsetRange(range.start(), Math.max(range.start(), to));
  }

  private List<List<PartitionRange>> wanted(List<List<PartitionRange>> segments, ScanSpec spec) {
    IntPredicate wanted = spec.partitions().bind(parameters);
    return segments.stream()
        .map(
            ranges ->
                ranges.stream()
                    .filter(range -> wanted.test(range.partition()))
                    .map(range -> reading.wanted(range, spec))
                    .toList())
        .toList();
  }

  /**
   * Returns how the statement, now that it succeeded, moves the offsets: for all partitions of the
   * scan, past the whole batch or past the messages that the plan took.
   *
   * @param limited whether a LIMIT may have left something of the batch
   * @param anyScan one of the plan's scans of the table
   */
  List<OffsetChange> moves(boolean limited, ScanSpec anyScan) {
    if (reading.mode() != ScanMode.CONSUME) {
      return List.of();
    }
    if (!limited || reading.options().text(Option.LIMIT_OFFSETS).equals("batch")) {
      passWholeBatch(anyScan);
    }
    Map<Integer, Long> reached = reached();
    List<OffsetChange> changes = new ArrayList<>();
    plan.starts()
        .forEach(
            (partition, start) -> {
              long next = Math.max(start.offset(), reached.getOrDefault(partition, 0L));
              if (start.stored().isEmpty() || start.stored().getAsLong() != next) {
                changes.add(
                    new OffsetChange(
                        reading.table().ftoid(), partition, start.stored(), OptionalLong.of(next)));
              }
            });
    return changes;
  }

  /**
   * Goes to the end of the batch, wherever the plan stopped; what it left is decoded only to find
   * messages to reject.
   */
  private void passWholeBatch(ScanSpec anyScan) {
    discarding = !reading.rejecting();
    if (end != null) {
      passed.putAll(end);
      rejects.add(firstRejects);
      rejects.read(firstMessages);
    } else if (readers.isEmpty()) {
      ScanEnumerator rest = reader(reading.read(anyScan, plan.segments(), () -> discarding), true);
      readers.add(rest);
      rest.drain();
    } else {
      readers.forEach(ScanEnumerator::drain);
    }
  }

  private Map<Integer, Long> reached() {
    Map<Integer, Long> reached = new HashMap<>(passed);
    readers.forEach(reader -> reader.reached().forEach((p, o) -> reached.merge(p, o, Math::max)));
    return reached;
  }

  /**
   * Returns what was rejected, once the statement has taken all it takes, and warns of it.
   *
   * @throws io.kadb.error.KadbException 53400 if it was more than the options allow
   */
  Rejects rejects() {
    readers.forEach(ScanEnumerator::handOverRejects);
    rejects.checkShare();
    return rejects;
  }

  /** Returns how many messages of a partition were rejected. */
  long rejects(int partition) {
    return rejects.count(partition);
  }

  /** Has what is taken counted; to be called before anything is read. */
  void count() {
    counting = true;
  }

  /** Returns for each partition of the scan the range that was taken so far. */
  SortedMap<Integer, OffsetRange> ranges() {
    Map<Integer, Long> reached = reached();
    SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();
    plan.starts().forEach((p, start) -> ranges.put(p, TableReading.between(start, reached, p)));
    return ranges;
  }

  /** Returns what was taken of a partition so far, once however often the plan read it. */
  PartitionTake take(int partition) {
    return readers.stream()
        .map(reader -> reader.takes().getOrDefault(partition, PartitionTake.NOTHING))
        .reduce(taken.getOrDefault(partition, PartitionTake.NOTHING), PartitionTake::or);
  }

  /** Tells which message gave the row that was taken last, if the table is read once. */
  void tellMessage(RowBatch.TakenMessages visitor) {
    if (readers.size() == 1) {
      readers.get(0).tellMessage(visitor);
    }
  }

  TableReading reading() {
    return reading;
  }

  /** Ends all readings. */
  void close() {
    readers.forEach(ScanEnumerator::release);
  }
}
