package io.kadb.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many clients of one server at once, each of which reads a whole table by the thin driver.
 *
 * @param heap the heap that the server may have
 */
record ManyConnections(ServerProcess server, String heap) {
  private static final int CONNECTIONS = 16;

  /** Runs once; each client must get all rows, and the same values. */
  void run(BenchmarkTopic topic, String sql, Report report) throws Exception {
    Tables.Drained wanted = drain(sql);
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    long began = System.nanoTime();
    try {
      List<Callable<Tables.Drained>> clients = Collections.nCopies(CONNECTIONS, () -> drain(sql));
      for (Future<Tables.Drained> client : threads.invokeAll(clients)) {
        Tables.Drained found = client.get();
        if (!found.equals(wanted) || found.rows() != topic.rows()) {
          throw new IllegalStateException("found " + found + ", wanted " + wanted);
        }
      }
    } finally {
      threads.shutdownNow();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    ServerProcess.HeapPeak peak = server.heapPeak();
    report.add(
        new ResultTable("connections", CONNECTIONS + " connections at once")
            .note("Thin driver, `" + sql + "`; the server may have " + heap + " of heap.")
            .column("rowsEach", "rows for each")
            .column("rowsPerSecond", "rows/s together")
            .column("heapBefore", "server's heap before a collection, at most, MiB")
            .column("heapAfter", "after one, at most, MiB")
            .column("peakMebibytes", "server, resident at most, MiB")
            .row(
                topic.rows(),
                Math.round(CONNECTIONS * topic.rows() / seconds),
                peak.before(),
                peak.after(),
                Footprint.of(server.handle())
                    .map(footprint -> Math.round(footprint.peakMebibytes()))
                    .orElse(null)));
  }

  private Tables.Drained drain(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.thinUrl());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return Tables.drain(result);
    }
  }
}
