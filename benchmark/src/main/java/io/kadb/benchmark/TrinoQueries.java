package io.kadb.benchmark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The queries of the benchmark as Trino takes them, with the meaning that kadb's have. What its
 * decoders cannot give as it is, {@code ordered} and {@code amount}, becomes what it is in the
 * query, and where there is a choice, in the way that costs Trino least.
 *
 * @param form the form of the messages; must be {@linkplain #canRead readable}
 */
record TrinoQueries(Form form) {
  TrinoQueries {
    if (!canRead(form)) {
      throw new IllegalArgumentException("Trino cannot read " + form);
    }
  }

  /**
   * Whether Trino gives the rows of such messages. It takes a container of Avro for one row: one
   * with several records becomes a row of NULLs, without an error.
   */
  static boolean canRead(Form form) {
    return form.orders() == 1;
  }

  /** The number of rows. */
  String count() {
    return "SELECT count(*) FROM " + form.topic();
  }

  /** What {@link Form#oneColumn} asks for. */
  String oneColumn() {
    return form.oneColumn();
  }

  /**
   * What {@link Form#allColumns} asks for. The latest time is looked for before it becomes a time,
   * which comes to the same: the texts are all of one length.
   */
  String allColumns() {
    return form == Form.TEXT
        ? form.allColumns()
        : "SELECT count(*), sum(id), max(customer), sum(quantity), sum(weight), "
            + ordered("max(ordered)")
            + ", sum(CASE WHEN paid THEN 1 ELSE 0 END), min(note), "
            + sumOfAmounts()
            + " FROM "
            + form.topic();
  }

  /** All rows, in the types that Trino's decoders know; {@link #drain} reads them. */
  String all() {
    return "SELECT * FROM " + form.topic();
  }

  /** All rows, in the types of {@link Order#COLUMNS}; {@link Tables#drain} reads them. */
  String allTyped() {
    return form == Form.TEXT
        ? all()
        : "SELECT id, customer, quantity, weight, "
            + ordered("ordered")
            + " AS ordered, paid, note, "
            + amount()
            + " AS amount FROM "
            + form.topic();
  }

  /** The first rows that come. */
  String limit(int rows) {
    return all() + " LIMIT " + rows;
  }

  /** The number of rows in one partition. */
  String onePartition(int partition) {
    return count() + " WHERE _partition_id = " + partition;
  }

  private String ordered(String value) {
    return form.format().equals("avro")
        ? "CAST(from_unixtime_nanos(" + value + " * 1000) AT TIME ZONE 'UTC' AS TIMESTAMP(6))"
        : "CAST(" + value + " AS TIMESTAMP(6))";
  }

  /** Avro's decimals come as bytes; none is negative, so zeros fill them up. */
  private static String cents() {
    return "from_big_endian_64(lpad(amount, 8, X'00'))";
  }

  private String amount() {
    return form.format().equals("avro")
        ? "CAST(CAST(" + cents() + " AS DECIMAL(18,0)) / DECIMAL '100.00' AS DECIMAL(10,2))"
        : "CAST(amount AS DECIMAL(10,2))";
  }

  private String sumOfAmounts() {
    return form.format().equals("avro")
        ? "CAST(CAST(sum(" + cents() + ") AS DECIMAL(36,0)) / DECIMAL '100.00' AS DECIMAL(36,2))"
        : "sum(" + amount() + ")";
  }

  /** Reads the rows of {@link #all} to the end, each value by the getter of its type. */
  long drain(Connection trino) throws SQLException {
    try (Statement statement = trino.createStatement();
        ResultSet result = statement.executeQuery(all())) {
      long rows = 0;
      long digest = 0;
      while (result.next()) {
        rows++;
        digest += form == Form.TEXT ? result.getString(1).length() : digest(result);
      }
      if (rows > 0 && digest == 0) {
        throw new IllegalStateException("the rows are empty");
      }
      return rows;
    }
  }

  private long digest(ResultSet result) throws SQLException {
    long digest = result.getLong(1);
    digest += result.getString(2).length();
    digest += result.getInt(3);
    digest += (long) result.getDouble(4);
    digest += form == Form.AVRO ? result.getLong(5) : result.getString(5).length();
    digest += result.getBoolean(6) ? 1 : 0;
    digest += result.getString(7).length();
    digest +=
        switch (form) {
          case AVRO -> result.getBytes(8).length;
          case JSON -> (long) result.getDouble(8);
          default -> result.getString(8).length();
        };
    return digest;
  }
}
