package io.kadb.benchmark.micro;

import io.kadb.benchmark.OrderMessages;
import io.kadb.format.Decoder;
import io.kadb.format.FormatOptions;
import io.kadb.format.Formats;
import io.kadb.format.RowShape;
import io.kadb.format.RowSink;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a row costs a decoder: messages as arrays of bytes go in, rows of values come out. An
 * operation is a row, which is a message but for {@code AVRO100}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class DecoderBenchmark {
  private static final int ORDERS = 10_000;

  /** The columns that rows hold. */
  public enum Columns {
    /** Each that the message holds. */
    ALL,
    /** A number in the middle. */
    ONE,
    NONE
  }

  @Param({"TEXT", "CSV", "DELIMITED", "JSON", "AVRO", "AVRO100"})
  public String form = "";

  @Param({"ALL", "ONE", "NONE"})
  public Columns columns = Columns.ALL;

  private byte[][] messages = {};
  private Decoder decoder = (message, rows) -> {};
  private final SingleMessage message = new SingleMessage();

  /** One for all messages, as a segment has it. */
  private RowSink rows = row -> {};

  /** Makes messages and decoder. */
  @Setup
  public void prepare() {
    boolean delimited = form.equals("DELIMITED");
    // Rows of format delimited are written as those of csv.
    String written = delimited ? "CSV" : form;
    messages = OrderMessages.values(written, ORDERS);
    RowShape shape =
        OrderMessages.shape(
            written,
            name ->
                switch (columns) {
                  case ALL -> true;
                  case ONE -> name.equals("quantity") || name.equals("line");
                  case NONE -> false;
                },
            false);
    decoder =
        Formats.of(
                delimited ? "delimited" : OrderMessages.format(form),
                FormatOptions.of(delimited ? Map.of("delimited_delimiter", ",") : Map.of()))
            .decoder(shape);
  }

  /** Takes rows where the compiler cannot see that nobody wants them. */
  @Setup
  public void open(Blackhole sink) {
    rows = sink::consume;
  }

  /** Decodes all messages. */
  @Benchmark
  @OperationsPerInvocation(ORDERS)
  public void decode() {
    for (byte[] value : messages) {
      decoder.decode(message.show(value), rows);
    }
  }
}
