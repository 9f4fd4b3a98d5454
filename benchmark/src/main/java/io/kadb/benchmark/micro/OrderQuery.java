package io.kadb.benchmark.micro;

import io.kadb.benchmark.OrderMessages;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A query that makes orders of nothing, so that no broker takes part. */
final class OrderQuery {
  /** How many rows it gives. */
  static final int ROWS = 10_000;

  private static final int DIFFERENT = 100;

  private OrderQuery() {}

  /** Returns its text: different orders, each of them many times. */
  static String sql() {
    List<String> orders = new ArrayList<>();
    for (byte[] message : OrderMessages.values("CSV", DIFFERENT)) {
      String[] order = new String(message, StandardCharsets.UTF_8).split(",");
      orders.add(
          "(CAST(%s AS BIGINT), CAST('%s' AS VARCHAR), %s, CAST(%s AS DOUBLE PRECISION), TIMESTAMP '%s', %s, CAST('%s' AS VARCHAR), CAST(%s AS DECIMAL(10,2)))"
              .formatted((Object[]) order));
    }
    String times =
        IntStream.range(0, ROWS / DIFFERENT)
            .mapToObj(number -> "(" + number + ")")
            .collect(Collectors.joining(", "));
    return "SELECT o.* FROM (VALUES "
        + String.join(", ", orders)
        + ") AS o (id, customer, quantity, weight, ordered, paid, note, amount), (VALUES "
        + times
        + ") AS n (n)";
  }
}
