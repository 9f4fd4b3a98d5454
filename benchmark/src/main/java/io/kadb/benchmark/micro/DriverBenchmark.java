package io.kadb.benchmark.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What a row costs the thin driver, from the socket to the typed getter. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class DriverBenchmark {
  private static final int ROWS = 100_000;

  private @Nullable Path home;
  private @Nullable RepeatingServer server;
  private @Nullable Connection connection;
  private @Nullable PreparedStatement query;
  private @Nullable ResultSet rows;

  /** Opens a result that has no end. */
  @Setup
  public void open() throws IOException, SQLException {
    home = Files.createTempDirectory("kadb-benchmark-");
    server = new RepeatingServer(home);
    connection = DriverManager.getConnection("jdbc:kadb://" + server.address() + "/");
    query = connection.prepareStatement(OrderQuery.sql());
    rows = query.executeQuery();
  }

  /** Leaves the result. */
  @TearDown
  public void close() throws IOException, SQLException {
    if (connection != null) {
      connection.close();
    }
    if (server != null) {
      server.close();
    }
    if (home != null) {
      Folders.delete(home);
    }
  }

  /** Reads on with a getter for each column. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void read(Blackhole sink) throws SQLException {
    ResultSet result = rows;
    for (int i = 0; i < ROWS && result != null && result.next(); i++) {
      sink.consume(result.getLong(1));
      sink.consume(result.getString(2));
      sink.consume(result.getInt(3));
      sink.consume(result.getDouble(4));
      sink.consume(result.getObject(5, LocalDateTime.class));
      sink.consume(result.getBoolean(6));
      sink.consume(result.getString(7));
      sink.consume(result.getBigDecimal(8));
    }
  }
}
