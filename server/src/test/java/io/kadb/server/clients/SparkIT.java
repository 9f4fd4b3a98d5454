package io.kadb.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark SQL on the jar that people give it, with the code of {@code docs/clients/spark.md}. */
class SparkIT extends ClientFixture {
  private static final String ADDRESS = "localhost:8765";
  private static final int PARTITIONS = 3;

  /** More than come at a time. */
  private static final int ROWS_PER_PARTITION = 2_500;

  private static final String COLUMNS =
      "id int, s int2, l int8, f float4, d float8, b bool, y bytea, x text, n numeric(20,5),"
          + " free numeric, day date, ts timestamp, tz timestamptz, u uuid, tm time, js jsonb,"
          + " ia int[], span interval";

  @TempDir static Path work;
  private static SparkJvm spark;

  @BeforeAll
  static void startSpark() throws Exception {
    String code =
        page("java").replace('"' + "jdbc:kadb://" + ADDRESS, "\"jdbc:kadb://\" + address + \"");
    String source =
        """
        import org.apache.spark.sql.Dataset;
        import org.apache.spark.sql.Row;
        import org.apache.spark.sql.SparkSession;

        final class SparkPage {
          static Dataset<Row> messages(SparkSession spark, String address) {
        %s
            return messages;
          }
        }
        """
            .formatted(code);
    String command =
        page("sh")
            .replace("kadb-driver-<version>.jar", System.getProperty("kadb.driver.jar"))
            .strip();
    assertThat(command).startsWith("spark-submit ").endsWith(" my-program.jar");
    List<String> words = List.of(command.split(" "));
    spark = SparkJvm.start(work, source, words.subList(1, words.size() - 1));
  }

  @AfterAll
  static void stopSpark() throws IOException {
    if (spark != null) {
      spark.close();
    }
  }

  /** Returns the code in one language that the page shows. */
  private static String page(String language) throws IOException {
    String text = Files.readString(Path.of("..", "docs", "clients", "spark.md"));
    Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(text);
    assertThat(block.find()).as(language).isTrue();
    return block.group(1);
  }

  private String address() {
    return "127.0.0.1:" + server.port();
  }

  private static List<String> sql(String statement) {
    return spark.ask("sql " + statement);
  }

  /** Has Spark see a table, or a query in parentheses, in a task for each partition. */
  private void view(String name, String query, String mode, String... more) {
    String options =
        "driver 'io.kadb.driver.RemoteDriver', url '%spublic?scanMode=%s', dbtable '%s'"
            .formatted(url(), mode, query);
    String split =
        ", partitionColumn '_partition', lowerBound '0', upperBound '%1$d', numPartitions '%1$d'"
            .formatted(PARTITIONS);
    assertThat(
            sql(
                "CREATE OR REPLACE TEMPORARY VIEW %s USING jdbc OPTIONS (%s)"
                    .formatted(name, options + split + String.join("", more))))
        .isEmpty();
  }

  /** Makes a table of all types and fills it; returns its rows as Spark is to show them. */
  private List<String> allTypes() throws SQLException {
    TestTopic topic = table("t", COLUMNS, PARTITIONS);
    List<String> expected = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      List<String> messages = new ArrayList<>();
      for (int i = 0; i < ROWS_PER_PARTITION; i++) {
        int id = partition * ROWS_PER_PARTITION + i;
        messages.add(i % 100 == 99 ? id + ",".repeat(17) : message(id));
        expected.add(
            partition + "|" + i + "|" + (i % 100 == 99 ? id + "|null".repeat(17) : shown(id)));
      }
      topic.send(partition, messages.toArray(String[]::new));
    }
    return expected;
  }

  private static String message(int id) {
    String micros = "%06d".formatted(id);
    return String.join(
        ",",
        id + ",7,9007199254740993,1.5,2.25,t,\\x00ff," + "grün " + id,
        id + ".12345," + id + ".000000000000000001,2024-02-29",
        "2024-02-29 12:34:56." + micros + ",2024-02-29 12:34:56." + micros + "+02",
        "123e4567-e89b-12d3-a456-426614174000,12:34:56." + micros,
        "\"{\"\"a\"\": %d}\"".formatted(id),
        "\"{1,2}\",1 day 02:00");
  }

  /** The instant in Spark's time zone, 5:30 h before UTC; the others as they are. */
  private static String shown(int id) {
    String fraction = ("." + "%06d".formatted(id)).replaceAll("0+$", "");
    fraction = fraction.equals(".") ? ".0" : fraction;
    return String.join(
        "|",
        id + "|7|9007199254740993|1.5|2.25|true|00ff|grün " + id,
        id + ".12345|" + id + ".000000000000000001|2024-02-29",
        "2024-02-29 12:34:56" + fraction + "|2024-02-29 16:04:56" + fraction,
        "123e4567-e89b-12d3-a456-426614174000|1970-01-01 12:34:56"
            + fraction
            + "|{\"a\": "
            + id
            + "}",
        "{1,2}|P1DT2H");
  }

  @Test
  void readsEveryMessageOnceInATaskForEachPartition() throws SQLException {
    List<String> expected = allTypes();
    view("v", "(SELECT _partition, _offset, * FROM t) AS q", "snapshot");

    assertThat(spark.ask("tasks v")).containsExactly(Integer.toString(PARTITIONS));
    assertThat(sql("SELECT * FROM v")).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(sql("SELECT DISTINCT spark_partition_id(), _partition FROM v ORDER BY 1"))
        .containsExactly("0|0", "1|1", "2|2");
    awaitNoScan();
    assertThat(stored()).isEmpty();
  }

  @Test
  void theProbeForTheSchemaMovesNothing() throws SQLException {
    table("t", COLUMNS, PARTITIONS).send(0, message(1));
    view("v", "(SELECT _partition, _offset, _timestamp, * FROM t) AS q", "consume");

    assertThat(spark.ask("schema v"))
        .containsExactly(
            "_partition INT,_offset BIGINT,_timestamp TIMESTAMP,id INT,s INT,l BIGINT,f DOUBLE,"
                + "d DOUBLE,b BOOLEAN,y BINARY,x STRING,n DECIMAL(20,5),free DECIMAL(38,18),"
                + "day DATE,ts TIMESTAMP,tz TIMESTAMP,u STRING,tm TIMESTAMP,js STRING,ia STRING,"
                + "span STRING");
    assertThat(stored()).isEmpty();
    assertThat(sql("SELECT id FROM v")).containsExactly("1");
    assertThat(stored()).as("offsets after the one run in mode consume").contains("0|1");
  }

  @Test
  void countsTakesAndShowsAsOftenAsOneLikes() throws SQLException {
    numbers().send(0, lines(0, 10));
    view("v", "(SELECT _partition, id FROM t) AS q", "peek");

    for (int run = 0; run < 2; run++) {
      assertThat(spark.ask("count v")).containsExactly("10");
      assertThat(sql("SELECT count(*), sum(id) FROM v")).containsExactly("10|45");
      assertThat(spark.ask("take v")).containsExactly("0|0", "0|1", "0|2");
      assertThat(spark.ask("show v")).contains("|0         |2  |", "only showing top 3 rows");
      awaitNoScan();
    }
    assertThat(stored()).isEmpty();
  }

  @Test
  void aMessageThatCannotBeDecodedFailsTheJobWithOurText() throws SQLException {
    TestTopic topic = numbers();
    topic.send(0, lines(0, 10));
    topic.send(1, "1", "2", "three");
    view("v", "(SELECT _partition, id FROM t) AS q", "snapshot");

    List<String> answer = sql("SELECT sum(id) FROM v");

    assertThat(answer.get(0)).isEqualTo("FAILED");
    assertThat(String.join("\n", answer))
        .contains("Job aborted", topic.name() + "[1]@2", "three", "id");
    awaitNoScan();
    assertThat(stored()).isEmpty();
    assertThat(sql("SELECT sum(id) FROM v WHERE _partition = 0")).containsExactly("45");
  }

  @Test
  void conditionsPickTheRowsThatSparkWouldPick() throws SQLException {
    table("t", COLUMNS, PARTITIONS)
        .send(2, IntStream.range(0, 20).mapToObj(SparkIT::message).toArray(String[]::new));
    view("pushed", "(SELECT _partition, * FROM t) AS q", "snapshot");
    view(
        "checked", "(SELECT _partition, * FROM t) AS q", "snapshot", ", pushDownPredicate 'false'");
    for (String condition :
        List.of(
            "id IN (3, 5, 70) AND s = 7 AND NOT b <=> false",
            "n > 3.12345 AND n <= 5.12345 AND free <> 4.000000000000000001",
            "day = date'2024-02-29' AND id < 2",
            "ts >= timestamp'2024-02-29 12:34:56.000018'",
            "x LIKE 'gr%' AND x LIKE '%ü%' AND x LIKE '%_1'",
            "x = 'it''s' OR u = '123e4567-e89b-12d3-a456-426614174000' AND id > 17",
            "js = '{\"a\": 7}' OR (y IS NULL OR x IS NOT NULL) AND l <> 9007199254740993 OR d > 2.25")) {
      String rows = " WHERE " + condition + " ORDER BY id";

      assertThat(sql("SELECT id FROM pushed" + rows))
          .as(condition)
          .isNotEmpty()
          .hasSizeLessThan(20)
          .isEqualTo(sql("SELECT id FROM checked" + rows));
    }
    assertThat(sql("SELECT id FROM checked WHERE tz = timestamp'2024-02-29 10:34:56.000007 UTC'"))
        .containsExactly("7");
    assertThat(sql("SELECT id FROM checked WHERE y = X'00ff' AND id = 7")).containsExactly("7");
  }

  /** So that the page's advice is taken off it when it is no longer needed. */
  @Test
  void whatThePageSaysThatSparkGetsWrongIsStillSo() throws SQLException {
    table("t", COLUMNS, PARTITIONS).send(0, message(7));
    view("v", "(SELECT _partition, id, tz, y, tm, tm::text AS tm_text FROM t) AS q", "snapshot");

    assertThat(sql("SELECT id FROM v WHERE tz = timestamp'2024-02-29 10:34:56.000007 UTC'"))
        .isEmpty();
    assertThat(String.join("\n", sql("SELECT id FROM v WHERE y = X'00ff'")))
        .contains("syntax error", "@");
    assertThat(sql("SELECT tm, tm_text FROM v"))
        .containsExactly("1970-01-01 12:34:56.000007|12:34:56.000007");
  }

  @Test
  void aTaskInModeConsumeMovesItsOwnPartition() throws SQLException {
    TestTopic topic = numbers();
    topic.send(0, lines(0, 10));
    topic.send(1, lines(10, 15));
    view("v", "(SELECT _partition, id FROM t) AS q", "consume");

    assertThat(sql("SELECT sum(id) FROM v WHERE _partition = 1")).containsExactly("60");
    assertThat(stored()).contains("1|5").doesNotContain("0|10");
    assertThat(sql("SELECT sum(id) FROM v")).containsExactly("45");
    assertThat(stored()).contains("0|10", "1|5");
    assertThat(sql("SELECT count(*) FROM v")).containsExactly("0");
  }

  @Test
  void thePagesCodeReadsItsTable() throws Exception {
    TestTopic topic = table("my_messages", "line text", 2, "format 'text'");
    topic.send(0, "message 0", "message 2");
    topic.send(1, "message 1");
    String[] expected = {"0|0|message 0", "0|1|message 2", "1|0|message 1"};

    assertThat(spark.ask("page " + address())).isEmpty();
    assertThat(sql("SELECT * FROM messages")).containsExactlyInAnyOrder(expected);
    assertThat(spark.ask("tasks messages")).containsExactly("2");

    assertThat(sql("DROP VIEW messages")).isEmpty();
    assertThat(sql(page("spark").replace(ADDRESS, address()).replace(";", ""))).isEmpty();
    assertThat(sql("SELECT * FROM messages")).containsExactlyInAnyOrder(expected);
    assertThat(spark.ask("tasks messages")).containsExactly("2");
    assertThat(stored()).isEmpty();
  }

  private TestTopic numbers() throws SQLException {
    return table("t", "id int", PARTITIONS);
  }

  private static String[] lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toArray(String[]::new);
  }
}
