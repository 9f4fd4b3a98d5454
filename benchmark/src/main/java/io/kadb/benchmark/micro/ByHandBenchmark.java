package io.kadb.benchmark.micro;

import io.kadb.benchmark.OrderMessages;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
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

/**
 * What a row costs a loop that is written by hand for these messages: next to {@link
 * DecoderBenchmark} with all columns.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ByHandBenchmark {
  private static final int ORDERS = 10_000;

  @Param({"TEXT", "CSV", "JSON", "AVRO", "AVRO100"})
  public String form = "";

  private byte[][] messages = {};
  private ToLongFunction<byte[]> reader = value -> 0;

  /** Makes messages and reader. */
  @Setup
  public void prepare() {
    messages = OrderMessages.values(form, ORDERS);
    reader = OrderMessages.byHand(form);
  }

  /** Reads all messages and makes each of their values. */
  @Benchmark
  @OperationsPerInvocation(ORDERS)
  public long read() {
    long rows = 0;
    for (byte[] value : messages) {
      rows += reader.applyAsLong(value);
    }
    return rows;
  }
}
