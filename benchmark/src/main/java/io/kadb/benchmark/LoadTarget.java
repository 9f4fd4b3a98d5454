package io.kadb.benchmark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.postgresql.PGConnection;

/**
 * An unlogged table of PostgreSQL, and the ways into it that need no kadb.
 *
 * @param url where the database is, for its JDBC driver
 */
record LoadTarget(String url) {
  private static final String PSQL = "psql";

  /** A URL of kadb's whose store is this database. */
  String kadbUrl() {
    return "jdbc:kadb:?store=" + url.replace("?", "%3F").replace("&", "%26");
  }

  void create() throws SQLException {
    inPostgres("CREATE UNLOGGED TABLE target (" + Order.COLUMNS + ")");
  }

  /** Empties the table, and has PostgreSQL write down what it has held back. */
  void empty() throws SQLException {
    inPostgres("TRUNCATE target", "CHECKPOINT");
  }

  /** The release of PostgreSQL. */
  String version() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SHOW server_version")) {
      result.next();
      return result.getString(1);
    }
  }

  /** What psql there is, if there is one. */
  static Optional<String> psql() throws InterruptedException {
    try {
      return Optional.of(ProgramRun.of(new ProcessBuilder(PSQL, "--version")).output().get(0));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The same orders as those of a topic, in a file. */
  static Path file(Path file, long rows, char delimiter) throws IOException {
    RandomGenerator random = new SplittableRandom(BenchmarkTopic.SEED);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      for (long id = 0; id < rows; id++) {
        byte[] line = Form.CSV.value(List.of(Order.next(id, random)));
        for (int i = 0; i < line.length; i++) {
          line[i] = line[i] == ',' ? (byte) delimiter : line[i];
        }
        out.write(line);
        out.write('\n');
      }
    }
    return file;
  }

  /** Copies a file by psql; its output says how many rows there were. */
  ProgramRun copyByPsql(Path file, String format) throws IOException, InterruptedException {
    String command = "\\copy target from '" + file + "' (format " + format + ")";
    return ProgramRun.of(
        new ProcessBuilder(PSQL, "-X", "-d", url.substring("jdbc:".length()), "-c", command));
  }

  /** Copies a file by the JDBC driver, in this process. */
  long copyByDriver(Path file, String format) throws IOException, SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        InputStream in = Files.newInputStream(file)) {
      return connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY target FROM STDIN (FORMAT " + format + ")", in, 1 << 16);
    }
  }

  private void inPostgres(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      for (String sql : statements) {
        Tables.execute(connection, sql);
      }
    }
  }
}
