package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One message of a long topic, looked up by its place. */
class PointReadIT extends TableFixture {
  private static final Logger LOGGER = LoggerFactory.getLogger(PointReadIT.class);
  private static final int PARTITIONS = 3;
  private static final int MESSAGES = 20_000;
  private static final int RUNS = 100;

  /** Brokers would wait as long for messages behind the last one. */
  private static final double FETCH_WAIT_MILLIS = 25;

  private final Random random = new Random(1);

  @BeforeEach
  void createTable() throws SQLException {
    TestTopic topic = kafka.newTopic("point", PARTITIONS);
    String[] values =
        IntStream.range(0, MESSAGES)
            .mapToObj(n -> n + ",a text of some length")
            .toArray(String[]::new);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      topic.send(partition, values);
    }
    table("t (n int, v text)", topic, "k_scan_mode 'snapshot'");
  }

  @Test
  void needsNoReadingOfAllTheOthers() throws SQLException {
    String query = "SELECT n, v FROM t WHERE _partition = ? AND _offset = ?";
    try (PreparedStatement select = sql.connection().prepareStatement(query)) {
      for (int i = 0; i < 5; i++) System.out.println(medianMillis(select, 0, MESSAGES));
      double anywhere = medianMillis(select, 0, MESSAGES);
      double atTheEnd = medianMillis(select, MESSAGES - 1, MESSAGES);
      System.out.println(anywhere + " " + atTheEnd);
      LOGGER.info("one message: {} ms, the last one: {} ms", anywhere, atTheEnd);
      assertThat(anywhere).isLessThan(FETCH_WAIT_MILLIS);
      assertThat(atTheEnd).isLessThan(FETCH_WAIT_MILLIS);
    }
  }

  private double medianMillis(PreparedStatement select, int from, int to) throws SQLException {
    long[] nanos = new long[RUNS];
    for (int run = 0; run < RUNS; run++) {
      long started = System.nanoTime();
      int offset = random.nextInt(from, to);
      select.setInt(1, random.nextInt(PARTITIONS));
      select.setLong(2, offset);
      try (ResultSet result = select.executeQuery()) {
        assertThat(result.next()).isTrue();
        assertThat(result.getInt(1)).isEqualTo(offset);
        assertThat(result.next()).isFalse();
      }
      nanos[run] = System.nanoTime() - started;
    }
    Arrays.sort(nanos);
    return nanos[RUNS / 2] / 1e6;
  }
}
