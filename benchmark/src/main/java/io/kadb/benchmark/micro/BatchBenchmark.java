package io.kadb.benchmark.micro;

import io.kadb.scan.RowBatch;
import io.kadb.scan.RowBatchBuilder;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What a row costs on its way into a batch and out of it, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class BatchBenchmark {
  private static final int ROWS = 100_000;
  private static final int VALUE_BYTES = 110;

  private final @Nullable Object[] row = new Object[8];
  private final byte[] line = new byte[VALUE_BYTES];
  private final RowBatchBuilder objects = new RowBatchBuilder();
  private final RowBatchBuilder texts = RowBatchBuilder.ofText();

  /** Rows of objects, which the reader takes one by one. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void objects(Blackhole sink) {
    for (int i = 0; i < ROWS; i++) {
      objects.row(row);
      objects.endMessage(0, i, VALUE_BYTES, VALUE_BYTES);
      if (objects.full()) {
        RowBatch batch = objects.take();
        for (int taken = 0; taken < batch.size(); taken++) {
          sink.consume(batch.row(taken));
        }
        sink.consume(batch);
      }
    }
  }

  /** Rows of text, which go on as a whole. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void texts(Blackhole sink) {
    for (int i = 0; i < ROWS; i++) {
      texts.row(line, line.length);
      texts.endMessage(0, i, VALUE_BYTES, 0);
      if (texts.full()) {
        sink.consume(texts.take());
      }
    }
  }
}
