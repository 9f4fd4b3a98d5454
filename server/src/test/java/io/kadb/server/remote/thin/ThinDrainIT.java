package io.kadb.server.remote.thin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Many rows, by one connection and by many at once: each row once, in order. */
class ThinDrainIT extends ThinFixture {
  private static final int ROWS = 1_000_000;
  private static final int ROWS_OF_A_MESSAGE = 500;
  private static final int CONNECTIONS = 16;

  @Test
  void givesAMillionRowsOnceAndInOrder() throws SQLException {
    fill(ROWS, "k_seg_batch '1000000'");
    try (Statement statement = remote.connection().createStatement()) {
      assertThat(drain(statement)).isEqualTo(ROWS);
    }
    assertThat(stored()).isEqualTo(Integer.toString(ROWS / ROWS_OF_A_MESSAGE));
  }

  @Test
  void givesEveryConnectionEveryRow() throws Exception {
    int rows = 20_000;
    fill(rows, "k_scan_mode 'snapshot'");
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<Integer>> counts = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        Connection connection = connect("");
        counts.add(
            threads.submit(
                () -> {
                  try (Statement statement = connection.createStatement()) {
                    return drain(statement);
                  }
                }));
      }
      for (Future<Integer> count : counts) {
        assertThat(count.get()).isEqualTo(rows);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(server.connections().openResultCount()).isZero();
  }

  private static int drain(Statement statement) throws SQLException {
    ResultSet result = statement.executeQuery("SELECT * FROM t");
    int rows = 0;
    while (result.next()) {
      if (result.getInt(1) != rows || result.getLong(2) != rows * 1_000_000L) {
        throw new AssertionError("row " + rows + ": found " + result.getInt(1));
      }
      if (result.getString(3).length() != 9 || result.getString(4).isEmpty()) {
        throw new AssertionError("row " + rows + ": found " + result.getString(3));
      }
      result.getDouble(5);
      result.getBoolean(6);
      result.getString(7);
      result.getString(8);
      rows++;
    }
    return rows;
  }

  private void fill(int rows, String... options) throws SQLException {
    TestTopic topic =
        table("a int, b bigint, c text, d text, e float8, f bool, g date, h timestamp", options);
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    StringBuilder message = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      message
          .append(i)
          .append(',')
          .append(i * 1_000_000L)
          .append(",some text,x")
          .append(i)
          .append(',')
          .append(i / 4.0)
          .append(",t,2024-02-29,2024-02-29 12:34:56.789\n");
      if ((i + 1) % ROWS_OF_A_MESSAGE == 0) {
        byte[] bytes = message.toString().getBytes(StandardCharsets.UTF_8);
        messages.add(new ProducerRecord<>(topic.name(), 0, null, bytes));
        message.setLength(0);
      }
    }
    topic.send(messages);
  }
}
