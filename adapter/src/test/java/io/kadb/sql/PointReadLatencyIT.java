package io.kadb.sql;

import io.kadb.testing.TestTopic;
import java.sql.*;
import java.util.*;
import org.junit.jupiter.api.Test;

class PointReadLatencyIT extends TableFixture {
  @Test
  void explore() throws SQLException {
    TestTopic topic = kafka.newTopic("point", 3);
    String[] values = new String[50000];
    for (int i = 0; i < values.length; i++)
      values[i] = i + ",some text that is a little longer " + i;
    for (int p = 0; p < 3; p++) topic.send(p, values);
    table("t (n int, v text)", topic, "k_scan_mode 'snapshot'");
    Random random = new Random(1);
    try (PreparedStatement s =
        sql.connection()
            .prepareStatement("SELECT n, v FROM t WHERE _partition = ? AND _offset = ?")) {
      for (int round = 0; round < 4; round++) {
        List<Long> took = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
          long t = System.nanoTime();
          s.setInt(1, random.nextInt(3));
          s.setLong(2, round == 3 ? 49999 : random.nextInt(50000));
          try (ResultSet r = s.executeQuery()) {
            while (r.next()) {}
          }
          took.add(System.nanoTime() - t);
        }
        Collections.sort(took);
        System.out.printf(
            "median %.2f ms p90 %.2f max %.2f%n",
            took.get(75) / 1e6, took.get(135) / 1e6, took.get(149) / 1e6);
      }
    }
    try (PreparedStatement s = sql.connection().prepareStatement("SELECT n, v FROM t LIMIT 1")) {
      List<Long> took = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        long t = System.nanoTime();
        try (ResultSet r = s.executeQuery()) {
          while (r.next()) {}
        }
        took.add(System.nanoTime() - t);
      }
      Collections.sort(took);
      System.out.printf(
          "limit 1: median %.2f ms max %.2f%n", took.get(25) / 1e6, took.get(49) / 1e6);
    }
  }
}
