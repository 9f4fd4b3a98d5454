package io.kadb.crash;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that reads foreign table {@code t} to its end and now and then stops reading until all
 * segments wait for it. It checks that each partition gives its messages in order and without a
 * gap, and says how many rows and characters there were.
 */
final class SlowReader {
  static final String PAUSED = "paused";
  static final String READ = "read";

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private SlowReader() {}

  /** Takes kadb's home and after how many rows to stop reading each time. */
  public static void main(String[] arguments) throws SQLException {
    int stretch = Integer.parseInt(arguments[1]);
    try (Connection connection =
            DriverManager.getConnection("jdbc:kadb:?kadb.home=" + arguments[0]);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT _partition, _offset, v FROM t")) {
      long[] next = new long[16];
      long read = 0;
      long characters = 0;
      while (rows.next()) {
        int partition = rows.getInt(1);
        if (rows.getLong(2) != next[partition]++) {
          throw new IllegalStateException(
              partition + ": found " + rows.getLong(2) + ", wanted " + (next[partition] - 1));
        }
        characters += rows.getString(3).length();
        if (read++ % stretch == 0) {
          awaitPausedSegments();
        }
      }
      System.out.println(READ + " " + read + " " + characters);
    }
  }

  /** Waits until all segments that still run wait for room; says so if there are any. */
  private static void awaitPausedSegments() {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      List<StackTraceElement[]> segments = segments();
      if (segments.stream().allMatch(SlowReader::waitsForRoom)) {
        System.out.println(segments.isEmpty() ? "over" : PAUSED + " " + segments.size());
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("segments go on although nobody reads");
      }
      Thread.onSpinWait();
    }
  }

  private static List<StackTraceElement[]> segments() {
    Collection<Map.Entry<Thread, StackTraceElement[]>> all = Thread.getAllStackTraces().entrySet();
    return all.stream()
        .filter(entry -> entry.getKey().getName().startsWith("kadb-segment-"))
        .map(Map.Entry::getValue)
        .filter(stack -> stack.length > 0)
        .toList();
  }

  private static boolean waitsForRoom(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .anyMatch(
            call ->
                call.getClassName().equals("io.kadb.kafka.DeliveryQueue")
                    && call.getMethodName().equals("put"));
  }
}
