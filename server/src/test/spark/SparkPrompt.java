import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A Spark session that does what it reads, line by line, and prints what comes of it, then DONE.
 * Its test compiles it with Spark's jars and starts it by spark-submit.
 */
public final class SparkPrompt {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private final SparkSession spark = SparkSession.builder().getOrCreate();

  private SparkPrompt() {}

  public static void main(String[] arguments) throws IOException {
    SparkPrompt prompt = new SparkPrompt();
    OUT.println("DONE");
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      try {
        prompt.obey(line);
      } catch (Exception | LinkageError e) {
        OUT.println("FAILED");
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
          OUT.println(cause);
        }
      }
      OUT.println("DONE");
    }
  }

  private void obey(String line) {
    int space = line.indexOf(' ');
    String argument = line.substring(space + 1);
    switch (line.substring(0, space)) {
      case "sql" -> spark.sql(argument).collectAsList().forEach(SparkPrompt::print);
      case "page" -> SparkPage.messages(spark, argument).createOrReplaceTempView("messages");
      case "schema" -> OUT.println(spark.table(argument).schema().toDDL());
      case "tasks" -> OUT.println(spark.table(argument).rdd().getNumPartitions());
      case "count" -> OUT.println(spark.table(argument).count());
      case "take" -> List.of((Row[]) spark.table(argument).take(3)).forEach(SparkPrompt::print);
      case "show" -> OUT.println(spark.table(argument).showString(3, 0, false));
      default -> throw new IllegalArgumentException(line);
    }
  }

  private static void print(Row row) {
    OUT.println(
        IntStream.range(0, row.size())
            .mapToObj(column -> text(row.get(column)))
            .collect(Collectors.joining("|")));
  }

  private static String text(Object value) {
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
  }
}
