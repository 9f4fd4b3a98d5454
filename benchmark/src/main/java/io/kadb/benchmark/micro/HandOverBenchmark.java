package io.kadb.benchmark.micro;

import io.kadb.benchmark.OrderMessages;
import io.kadb.broker.BrokerProcess;
import io.kadb.broker.BrokerSpec;
import io.kadb.format.Decoder;
import io.kadb.format.FormatOptions;
import io.kadb.format.Formats;
import io.kadb.format.RowSink;
import io.kadb.kafka.Delivery;
import io.kadb.kafka.KafkaClients;
import io.kadb.kafka.MessageSink;
import io.kadb.kafka.ScanLimits;
import io.kadb.kafka.ScanRequest;
import io.kadb.kafka.SegmentScan;
import io.kadb.message.Message;
import io.kadb.message.OffsetRange;
import io.kadb.message.PartitionRange;
import io.kadb.option.ClientProperties;
import io.kadb.scan.RowBatch;
import io.kadb.scan.RowBatchBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a message costs from the broker to the reader of batches: two segments, their queue and one
 * reader. The queue has no way in of its own, so the whole scan is measured; with {@code NONE} the
 * messages give no rows, and what is left is Kafka's client and the segments.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1000, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 1000, timeUnit = TimeUnit.MILLISECONDS)
public class HandOverBenchmark {
  private static final int MESSAGES = 200_000;
  private static final int SEGMENTS = 2;
  private static final Duration WAIT = Duration.ofSeconds(10);

  /** What becomes of a message. */
  public enum Rows {
    NONE,
    /** One of eight values. */
    CSV
  }

  @Param public Rows rows = Rows.NONE;

  private @Nullable BrokerProcess broker;
  private @Nullable KafkaClients clients;
  private @Nullable ScanRequest request;

  /** Starts a broker and fills a topic. */
  @Setup
  public void fill() throws Exception {
    broker = BrokerProcess.start(BrokerSpec.small().withJvmOption("-Xmx256m"));
    String topic = OrderMessages.fill(broker.bootstrapServers(), "CSV", MESSAGES);
    clients = new KafkaClients(Duration.ofMinutes(1), SEGMENTS);
    List<List<PartitionRange>> segments = new ArrayList<>();
    for (int segment = 0; segment < SEGMENTS; segment++) {
      segments.add(new ArrayList<>());
    }
    int partitions = OrderMessages.partitions();
    for (int partition = 0; partition < partitions; partition++) {
      OffsetRange all = new OffsetRange(0, MESSAGES / partitions);
      segments.get(partition % SEGMENTS).add(new PartitionRange(partition, all));
    }
    request =
        new ScanRequest(
            new ClientProperties(Map.of("bootstrap.servers", broker.bootstrapServers())),
            topic,
            segments,
            new ScanLimits(Long.MAX_VALUE, OptionalLong.empty(), WAIT, 1 << 24));
  }

  /** Ends the broker. */
  @TearDown
  public void close() {
    if (clients != null) {
      clients.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  /** Reads the whole topic. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public long scan(Blackhole sink) {
    if (clients == null || request == null) {
      return 0;
    }
    long read = 0;
    try (SegmentScan<RowBatch> scan =
        SegmentScan.start(clients, request, segment -> new Sink(rows == Rows.CSV))) {
      while (!scan.finished()) {
        Delivery<RowBatch> delivery = scan.poll(WAIT);
        RowBatch batch = delivery == null ? null : delivery.batch();
        for (int i = 0; batch != null && i < batch.size(); i++) {
          sink.consume(batch.row(i));
        }
        read += batch == null ? 0 : batch.size();
      }
    }
    if (rows == Rows.CSV && read != MESSAGES) {
      throw new IllegalStateException(read + " rows of " + MESSAGES + " messages");
    }
    return read;
  }

  /** Packs what the decoder makes of messages, as the sinks of queries do. */
  private static final class Sink implements MessageSink<RowBatch> {
    private final RowBatchBuilder batch = new RowBatchBuilder();
    private final RowSink adding = batch::row;
    private final boolean decoding;
    private final Decoder decoder =
        Formats.of("csv", FormatOptions.of(Map.of()))
            .decoder(OrderMessages.shape("CSV", name -> true, false));

    Sink(boolean decoding) {
      this.decoding = decoding;
    }

    @Override
    public void message(Message message) {
      byte[] value = message.value();
      int bytes = value == null ? 0 : value.length;
      if (decoding) {
        decoder.decode(message, adding);
      }
      batch.endMessage(message.partition(), message.offset(), bytes, 2L * bytes);
    }

    @Override
    public boolean full() {
      return batch.full();
    }

    @Override
    public boolean isEmpty() {
      return batch.isEmpty();
    }

    @Override
    public long bytes() {
      return batch.bytes();
    }

    @Override
    public RowBatch take() {
      return batch.take();
    }
  }
}
