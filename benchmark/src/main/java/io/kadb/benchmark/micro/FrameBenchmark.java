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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a row costs the server from the engine's result to the bytes of a frame. The rows come from
 * a query without tables: {@code NONE} is what they cost by themselves, read in process by the
 * getters that the server uses, and has to be taken off.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class FrameBenchmark {
  /** How rows travel. */
  public enum Encoding {
    NONE,
    /** JSON as kadb's own driver gets it. */
    THIN,
    /** JSON as Avatica's driver gets it. */
    JSON,
    PROTOBUF
  }

  @Param public Encoding encoding = Encoding.NONE;

  private @Nullable Path home;
  private @Nullable ServerConversation server;
  private @Nullable Connection connection;
  private @Nullable PreparedStatement query;
  private int statement;

  /** Prepares the query. */
  @Setup
  public void prepare() throws IOException, SQLException {
    Path folder = Files.createTempDirectory("kadb-benchmark-");
    home = folder;
    if (encoding == Encoding.NONE) {
      connection = DriverManager.getConnection("jdbc:kadb:?kadb.home=" + folder);
      query = connection.prepareStatement(OrderQuery.sql());
      return;
    }
    String client = encoding == Encoding.THIN ? "thin/1" : "";
    server = new ServerConversation(folder, client, encoding == Encoding.PROTOBUF);
    statement = server.prepare(OrderQuery.sql());
  }

  /** Ends what was prepared. */
  @TearDown
  public void close() throws IOException, SQLException {
    if (server != null) {
      server.close();
    }
    if (connection != null) {
      connection.close();
    }
    if (home != null) {
      Folders.delete(home);
    }
  }

  /** Runs the query and takes all of its frames, or reads its rows. */
  @Benchmark
  @OperationsPerInvocation(OrderQuery.ROWS)
  public void read(Blackhole sink) throws IOException, SQLException {
    if (server != null) {
      sink.consume(server.read(statement, OrderQuery.ROWS));
    } else if (query != null) {
      drain(query, sink);
    }
  }

  private static void drain(PreparedStatement query, Blackhole sink) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        sink.consume(rows.getLong(1));
        sink.consume(rows.getString(2));
        sink.consume(rows.getLong(3));
        sink.consume(rows.getDouble(4));
        sink.consume(rows.getObject(5, LocalDateTime.class));
        sink.consume(rows.getBoolean(6));
        sink.consume(rows.getString(7));
        sink.consume(rows.getBigDecimal(8));
      }
    }
  }
}
