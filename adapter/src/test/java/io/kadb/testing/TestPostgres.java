package io.kadb.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A fresh database of the PostgreSQL that all tests of the JVM share. A test gets it as a
 * parameter, see {@link PostgresTest}.
 */
public final class TestPostgres {
  private static final String USER = "postgres";

  private final int port;
  private final String database;

  TestPostgres(int port, String database) {
    this.port = port;
    this.database = database;
  }

  /** The URL with user, enough for a connection: {@code jdbc:postgresql://…/db?user=postgres}. */
  public String jdbcUrl() {
    return jdbcUrl(port);
  }

  /** The same for clients that come to another port, for example that of a {@link TcpProxy}. */
  public String jdbcUrl(int otherPort) {
    return "jdbc:postgresql://127.0.0.1:" + otherPort + "/" + database + "?user=" + USER;
  }

  /** The port of the server. */
  public int port() {
    return port;
  }

  /** The name of the database. */
  public String database() {
    return database;
  }

  /** The user that may do everything; it needs no password. */
  public String user() {
    return USER;
  }

  /** A new connection in autocommit. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl());
  }

  /** Runs statements one after the other. */
  public void execute(String... statements) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first column of the first row as text; fails if there is no row. */
  public String queryText(String sql) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      if (!result.next()) {
        throw new AssertionError("no row: " + sql);
      }
      return String.valueOf(result.getString(1));
    }
  }

  /** The first column of the first row as a number; fails if there is no row. */
  public long queryLong(String sql) throws SQLException {
    return Long.parseLong(queryText(sql));
  }
}
