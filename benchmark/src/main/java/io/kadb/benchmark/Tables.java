package io.kadb.benchmark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Foreign tables over the topics, and queries of them. */
final class Tables {
  /** The options of a server that reads whole topics, as they are when a query begins. */
  static final String WHOLE =
      "k_seg_batch '1000000', k_timeout_ms '60000', k_scan_mode 'snapshot', k_latency_ms '20000'";

  private Tables() {}

  /** Defines a server that reads topics as they are, on some segments. */
  static void defineServer(Connection kadb, String brokers, int segments) throws SQLException {
    execute(
        kadb,
        "CREATE SERVER benchmark FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
            + brokers
            + "', k_consumer_group 'benchmark', k_segments '"
            + segments
            + "', "
            + WHOLE
            + ")");
  }

  /** Defines the foreign table of a form, of the topic of that name. */
  static void define(Connection kadb, Form form) throws SQLException {
    execute(
        kadb,
        "CREATE FOREIGN TABLE "
            + form.topic()
            + " ("
            + form.columns()
            + ") SERVER benchmark OPTIONS (k_topic '"
            + form.topic()
            + "', format '"
            + form.format()
            + "')");
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Runs a query and returns the first column of its first row. */
  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  /** Reads a query's rows of an order's columns to the end, each value by its typed getter. */
  static long drain(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return drain(result).rows();
    }
  }

  /**
   * What a client got.
   *
   * @param digest something of each value
   */
  record Drained(long rows, long digest) {}

  /** Reads rows of an order's columns to the end, each value by its typed getter. */
  static Drained drain(ResultSet result) throws SQLException {
    long rows = 0;
    long digest = 0;
    while (result.next()) {
      rows++;
      digest += result.getLong(1);
      digest += result.getString(2).length();
      digest += result.getInt(3);
      digest += (long) result.getDouble(4);
      digest += result.getTimestamp(5).getTime();
      digest += result.getBoolean(6) ? 1 : 0;
      digest += result.getString(7).length();
      digest += result.getBigDecimal(8).scale();
    }
    if (rows > 0 && digest == 0) {
      throw new IllegalStateException("the rows are empty");
    }
    return new Drained(rows, digest);
  }
}
