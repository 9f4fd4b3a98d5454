package io.kadb.server.offsets;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import picocli.CommandLine.Option;

/** The connection of a command about offsets. */
final class OffsetsConnection {
  @Option(
      names = {"-u", "--url"},
      paramLabel = "URL",
      defaultValue = "${env:KADB_URL:-jdbc:kadb:}",
      description = "JDBC URL (default: $KADB_URL, else jdbc:kadb:)")
  private String url = "jdbc:kadb:";

  Connection open() throws SQLException {
    return DriverManager.getConnection(url);
  }
}
