package io.kadb.server.load;

import io.kadb.server.cli.ExitCode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** A command on a connection of its own; its forms say what it does there. */
abstract class StoreCommand implements Callable<Integer> {
  @Option(
      names = {"-u", "--url"},
      paramLabel = "URL",
      defaultValue = "${env:KADB_URL:-jdbc:kadb:}",
      description = "JDBC URL (default: $KADB_URL, else jdbc:kadb:)")
  private String url = "jdbc:kadb:";

  private final boolean readOnly;

  StoreCommand(boolean readOnly) {
    this.readOnly = readOnly;
  }

  @Override
  public final Integer call() throws IOException {
    Properties properties = new Properties();
    if (readOnly) {
      properties.setProperty("readOnly", "true");
    }
    try (Connection kadb = DriverManager.getConnection(url, properties)) {
      run(kadb);
      // A stream of this kind throws nothing: a full disk would go unnoticed.
      if (readOnly && System.out.checkError()) {
        throw new LoadFailure("cannot write to standard output");
      }
      return ExitCode.OK;
    } catch (LoadFailure e) {
      System.err.println("kadb: " + e.getMessage());
      return e.exitCode();
    } catch (SQLException e) {
      System.err.println("kadb: " + e.getMessage() + " (" + e.getSQLState() + ")");
      return Fault.of(e).exitCode();
    }
  }

  /** Does it. */
  abstract void run(Connection kadb) throws SQLException, IOException;

  /** Returns the condition for the rejects of one table; empty for all. */
  static String condition(Connection kadb, Optional<String> table) throws SQLException {
    return table.isEmpty() ? "" : " WHERE r.ftoid = " + source(kadb, table.get()).ftoid();
  }

  /** Returns the foreign table of a name that a person typed. */
  static SourceTable source(Connection kadb, String name) throws SQLException {
    try {
      return SourceTable.get(kadb, Quoting.tableName(name));
    } catch (IllegalArgumentException e) {
      throw new LoadFailure(e.getMessage(), ExitCode.WRONG_USAGE);
    }
  }
}
