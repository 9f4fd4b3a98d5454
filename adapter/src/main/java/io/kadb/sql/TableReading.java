package io.kadb.sql;

import io.kadb.catalog.ForeignTable;
import io.kadb.error.Notice;
import io.kadb.kafka.KafkaClients;
import io.kadb.kafka.ScanLimits;
import io.kadb.kafka.ScanRequest;
import io.kadb.kafka.SegmentScan;
import io.kadb.kafka.TopicOffsets;
import io.kadb.message.OffsetRange;
import io.kadb.message.PartitionRange;
import io.kadb.option.ClientProperties;
import io.kadb.option.Option;
import io.kadb.option.OptionSet;
import io.kadb.scan.MessageCondition;
import io.kadb.scan.PartitionPredicate;
import io.kadb.scan.RowBatch;
import io.kadb.scan.ScanMode;
import io.kadb.scan.ScanPlan;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How one statement reads one table: the options that hold, the plan of ranges, and the segments
 * that read them.
 */
final class TableReading {
  /**
   * Bytes of batches that may wait for the reader of rows: little enough that dozens of scans at
   * once fit into the heap, with what their Kafka clients hold.
   */
  private static final long BUFFER_BYTES =
      Math.min(16L << 20, Runtime.getRuntime().maxMemory() / 128);

  /** How long the brokers may be silent about messages that are there: one answer may be large. */
  private static final Duration LEAST_PROGRESS = Duration.ofSeconds(10);

  /**
   * A shorter wait than this is none: it may be over before a new client has connected, and a table
   * read late in a statement would never be read at all.
   */
  private static final Duration LEAST_WAIT = Duration.ofMillis(200);

  private final ForeignTable table;
  private final OptionSet options;
  private final ScanMode mode;
  private final RunControl control;
  private final KafkaClients clients;
  private final DefaultValues defaults;

  /** Whether no time to wait is left: what is there now is taken all the same. */
  private final boolean late;

  /** Which messages of a snapshot stand where. */
  private @Nullable WantedOffsets offsets;

  /** Partitions that held messages when the statement began. */
  private Set<Integer> holdingMessages = Set.of();

  TableReading(
      KafkaTable table, ScanMode mode, RunControl control, KafkaClients clients, String user) {
    this.table = table.definition();
    this.options = table.options();
    this.mode = mode;
    this.control = control;
    this.clients = clients;
    this.defaults = new DefaultValues(control.startedMillis(), user);
    long end = control.startedNanos() + options.duration(Option.TIMEOUT_MS).toNanos();
    this.late = end - System.nanoTime() < LEAST_WAIT.toNanos();
  }

  OptionSet options() {
    return options;
  }

  /** Returns whether a message that cannot be turned into rows is put aside. */
  boolean rejecting() {
    return options.text(Option.ON_ERROR).equals("reject");
  }

  /** Tells the client something about the statement. */
  void tell(Notice notice) {
    control.add(notice);
  }

  /** Checks that the statement may go on. */
  void checkWanted() {
    control.check();
  }

  private Duration latency() {
    return options.duration(Option.LATENCY_MS);
  }

  private boolean bounded() {
    return mode == ScanMode.SNAPSHOT || options.bool(Option.STOP_AT_END) || late;
  }

  /**
   * Plans the ranges: asks Kafka for partitions and offsets, unless no partition is wanted.
   *
   * @param wanted which partitions the statement wants
   * @param messages which messages it wants: a snapshot looks for no others
   * @param stored the stored offsets of the table
   */
  ScanPlan plan(
      PartitionPredicate wanted,
      MessageCondition messages,
      PartitionPredicate.Parameters parameters,
      SortedMap<Integer, Long> stored) {
    options.warnings().forEach(control::add);
    ScanPlan.Settings settings =
        new ScanPlan.Settings(
            table.name().toString(),
            mode,
            options.text(Option.TOPIC),
            segments(),
            options.bigint(Option.INITIAL_OFFSET),
            options.bool(Option.AUTOMATIC_OFFSETS));
    offsets = mode == ScanMode.SNAPSHOT ? WantedOffsets.withoutMoments(parameters) : null;
    boolean chosen = mode == ScanMode.SNAPSHOT && !messages.equals(MessageCondition.ALL);
    ScanPlan.Found found = new ScanPlan.Found(List.of(), Map.of(), new TreeMap<>(), false);
    if (wanted.satisfiable(parameters)) {
      IntPredicate partitions = wanted.bind(parameters);
      found =
          chosen
              ? chosen(settings.topic(), partitions, messages, parameters)
              : found(settings.topic(), partitions, stored, wanted.equals(PartitionPredicate.ALL));
    }
    ScanPlan plan = ScanPlan.of(settings, found, bounded());
    plan.notices().forEach(control::add);
    Map<Integer, OffsetRange> available = found.watermarks();
    holdingMessages =
        plan.starts().entrySet().stream()
            .filter(e -> e.getValue().offset() < available.get(e.getKey()).end())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return plan;
  }

  private ScanPlan.Found found(
      String topic, IntPredicate wanted, SortedMap<Integer, Long> stored, boolean everyPartition) {
    TopicOffsets offsets = clients.offsets(client(), control::unwanted);
    TopicOffsets.Available available = offsets.available(topic, wanted, latency());
    SortedMap<Integer, Long> wantedStored = new TreeMap<>(stored);
    wantedStored.keySet().removeIf(partition -> !wanted.test(partition));
    return new ScanPlan.Found(
        available.partitions(), available.watermarks().ranges(), wantedStored, everyPartition);
  }

  /** Finds only the ranges in which a snapshot has to look for messages. */
  private ScanPlan.Found chosen(
      String topic,
      IntPredicate partitions,
      MessageCondition messages,
      PartitionPredicate.Parameters parameters) {
    WantedOffsets unasked = WantedOffsets.withoutMoments(parameters);
    ScanPlan.Found found =
        found(
            topic,
            partitions.and(partition -> unasked.any(messages, partition)),
            new TreeMap<>(),
            false);
    WantedOffsets asked =
        WantedOffsets.of(
            messages,
            parameters,
            found.watermarks(),
            TimeQuestions.of(clients, client(), control::unwanted, topic, latency()));
    offsets = asked;
    Map<Integer, OffsetRange> ranges = new HashMap<>();
    found
        .watermarks()
        .forEach(
            (partition, range) -> ranges.put(partition, asked.within(range, messages, partition)));
    return new ScanPlan.Found(found.partitions(), ranges, found.stored(), false);
  }

  /** Returns the part of a planned range in which a scan has to look for messages. */
  PartitionRange wanted(PartitionRange planned, ScanSpec spec) {
    return offsets == null
        ? planned
        : new PartitionRange(
            planned.partition(),
            offsets.within(planned.range(), spec.messages(), planned.partition()));
  }

  private int segments() {
    return options
        .optionalText(Option.SEGMENTS)
        .map(Integer::parseInt)
        .orElseGet(() -> Runtime.getRuntime().availableProcessors());
  }

  private ClientProperties client() {
    return options.clientProperties();
  }

  /**
   * Starts reading.
   *
   * @param segments the ranges of each segment
   * @param discarding whether rows are not wanted any more
   */
  Deliveries read(ScanSpec spec, List<List<PartitionRange>> segments, BooleanSupplier discarding) {
    boolean limited = mode != ScanMode.SNAPSHOT;
    return read(
        spec,
        segments,
        discarding,
        limited ? options.bigint(Option.SEG_BATCH) : Long.MAX_VALUE,
        limited ? OptionalLong.of(deadline()) : OptionalLong.empty());
  }

  /** Starts reading ranges that were read before: all of each, however long it takes. */
  Deliveries readAgain(ScanSpec spec, List<List<PartitionRange>> segments) {
    return read(spec, segments, () -> false, Long.MAX_VALUE, OptionalLong.empty());
  }

  private Deliveries read(
      ScanSpec spec,
      List<List<PartitionRange>> segments,
      BooleanSupplier discarding,
      long messages,
      OptionalLong deadline) {
    RowDecoders decoders = new RowDecoders(defaults.in(spec, rejecting()), options, rejecting());
    List<List<PartitionRange>> left = withoutEmpty(segments);
    if (left.isEmpty()) {
      return Deliveries.held(List.of());
    }
    ScanLimits limits = new ScanLimits(messages, deadline, noProgress(), BUFFER_BYTES, latency());
    ScanRequest request =
        new ScanRequest(client(), options.text(Option.TOPIC), left, limits, holdingMessages);
    PrecisionWatch precision = new PrecisionWatch(control);
    SegmentScan<RowBatch> scan =
        SegmentScan.start(
            clients,
            request,
            segment ->
                new RowAssembler(
                    decoders.decoder(),
                    discarding,
                    spec.copied().isPresent()
                        ? new CopyTextRows(spec)
                        : new EngineRows(spec, precision),
                    rejecting()));
    return new LiveDeliveries(scan, control);
  }

  private static List<List<PartitionRange>> withoutEmpty(List<List<PartitionRange>> segments) {
    return segments.stream()
        .map(ranges -> ranges.stream().filter(r -> !r.range().isEmpty()).toList())
        .filter(ranges -> !ranges.isEmpty())
        .collect(Collectors.toList());
  }

  /** From the statement's start on; if no time is left, as long as an answer may take. */
  private long deadline() {
    return late
        ? System.nanoTime() + latency().toNanos()
        : control.startedNanos() + options.duration(Option.TIMEOUT_MS).toNanos();
  }

  private Duration noProgress() {
    Duration latency = latency();
    return latency.compareTo(LEAST_PROGRESS) < 0 ? LEAST_PROGRESS : latency;
  }

  /** Returns the ranges from the starts to the positions reached. */
  static OffsetRange between(ScanPlan.Start start, Map<Integer, Long> reached, int partition) {
    return new OffsetRange(
        start.offset(), Math.max(start.offset(), reached.getOrDefault(partition, start.offset())));
  }

  ForeignTable table() {
    return table;
  }

  ScanMode mode() {
    return mode;
  }
}
