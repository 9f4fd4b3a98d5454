package io.kadb.benchmark.micro;

import io.kadb.benchmark.OrderMessages;
import io.kadb.catalog.TableName;
import io.kadb.format.Decoder;
import io.kadb.format.FormatOptions;
import io.kadb.format.Formats;
import io.kadb.format.RowSink;
import io.kadb.load.CopyColumn;
import io.kadb.load.CopyLine;
import io.kadb.load.CopyRows;
import io.kadb.load.LoadWatch;
import io.kadb.store.CopyStream;
import io.kadb.store.StoreSession;
import io.kadb.type.ColumnType;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What a row of eight columns costs on its way to the text of COPY; no warehouse takes part. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class CopyBenchmark {
  private static final int ORDERS = 10_000;
  private static final int ROOM = 1024;

  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private byte[][] messages = {};
  private final SingleMessage message = new SingleMessage();
  private Decoder texts = (value, sink) -> {};
  private CopyColumn[] columns = {};
  private final CopyLine line = new CopyLine(ROOM);
  private final RowSink writing = this::write;
  private @Nullable CopyRows copy;

  /** Makes rows of values, and what writes them. */
  @Setup
  public void prepare() {
    messages = OrderMessages.values("CSV", ORDERS);
    Decoder values = decoder(false);
    for (byte[] value : messages) {
      values.decode(message.show(value), rows::add);
    }
    texts = decoder(true);
    List<ColumnType> types = OrderMessages.types("CSV");
    columns = types.stream().map(CopyColumn::new).toArray(CopyColumn[]::new);
    copy =
        new CopyRows(
            nowhere(),
            new TableName("public", "orders"),
            types.stream().map(ColumnType::name).toList(),
            types,
            OptionalInt.empty(),
            LoadWatch.NOBODY);
  }

  private static Decoder decoder(boolean spans) {
    return Formats.of("csv", FormatOptions.of(Map.of()))
        .decoder(OrderMessages.shape("CSV", name -> true, spans));
  }

  /** Rows of values, as a query gives them. */
  @Benchmark
  @OperationsPerInvocation(ORDERS)
  public void values() {
    CopyRows used = copy;
    if (used != null) {
      rows.forEach(used::row);
    }
  }

  /** From the message to its line, where values may stay the text that they are. */
  @Benchmark
  @OperationsPerInvocation(ORDERS)
  public void messages(Blackhole sink) {
    for (byte[] value : messages) {
      texts.decode(message.show(value), writing);
      sink.consume(line.bytes());
    }
  }

  private void write(@Nullable Object[] row) {
    line.clear();
    for (int i = 0; i < columns.length; i++) {
      line.value(columns[i], row[i]);
    }
    line.end();
  }

  /** A session of a warehouse that takes every COPY and keeps nothing. */
  private static StoreSession nowhere() {
    return (StoreSession)
        Proxy.newProxyInstance(
            CopyBenchmark.class.getClassLoader(),
            new Class<?>[] {StoreSession.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("copyInto")) {
                return new Nowhere();
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  /** Takes what is written. */
  private static final class Nowhere implements CopyStream {
    private long lines;

    @Override
    public void write(byte[] buf, int off, int len, long rows) {
      lines += rows;
    }

    @Override
    public void settle() {}

    @Override
    public long settledLines() {
      return lines;
    }

    @Override
    public long finish() {
      return lines;
    }

    @Override
    public void abort() {}

    @Override
    public OptionalLong failedLine() {
      return OptionalLong.empty();
    }
  }
}
