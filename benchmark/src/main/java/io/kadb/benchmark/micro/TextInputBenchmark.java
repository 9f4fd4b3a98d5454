package io.kadb.benchmark.micro;

import io.kadb.benchmark.OrderMessages;
import io.kadb.type.ColumnType;
import io.kadb.type.TextInput;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
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

/** What a value costs the text input of its type, from the bytes of its text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class TextInputBenchmark {
  private static final int VALUES = 10_000;

  @Param({
    "bigint",
    "integer",
    "double precision",
    "numeric(10,2)",
    "numeric",
    "timestamp",
    "timestamptz",
    "date",
    "time",
    "boolean",
    "varchar",
    "varchar(100)",
    "uuid",
    "json"
  })
  public String type = "";

  private byte[][] texts = {};
  private TextInput input = text -> text;

  /** Makes texts and input. */
  @Setup
  public void prepare() {
    texts = OrderMessages.values("CSV", VALUES);
    for (int i = 0; i < texts.length; i++) {
      String[] fields = new String(texts[i], StandardCharsets.UTF_8).split(",");
      texts[i] = text(fields).getBytes(StandardCharsets.UTF_8);
    }
    input = TextInput.of(ColumnType.parse(type));
  }

  private String text(String[] order) {
    String ordered = order[4];
    return switch (type) {
      case "bigint" -> order[0];
      case "integer" -> order[2];
      case "double precision" -> order[3];
      case "numeric(10,2)", "numeric" -> order[7];
      case "timestamp" -> ordered;
      case "timestamptz" -> ordered + "Z";
      case "date" -> ordered.substring(0, 10);
      case "time" -> ordered.substring(11);
      case "boolean" -> order[5];
      case "varchar", "varchar(100)" -> order[6];
      case "uuid" -> new UUID(Long.parseLong(order[0]) * 31, ordered.hashCode()).toString();
      case "json" -> "{\"note\":\"" + order[6] + "\",\"amount\":" + order[7] + "}";
      default -> throw new IllegalArgumentException(type);
    };
  }

  /** Reads all texts. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public void read(Blackhole sink) {
    for (byte[] text : texts) {
      sink.consume(input.read(text, 0, text.length));
    }
  }
}
