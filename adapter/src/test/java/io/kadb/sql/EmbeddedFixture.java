package io.kadb.sql;

import io.kadb.testing.SqlClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections on an embedded store that is empty when a test begins; there is no broker. */
@Timeout(60)
abstract class EmbeddedFixture {
  /** Brokers that refuse connections. */
  static final String NOBODY = "127.0.0.1:1";

  private final List<SqlClient> clients = new ArrayList<>();
  @TempDir private Path home;

  SqlClient sql;

  @BeforeEach
  final void open() throws SQLException {
    sql = connect();
  }

  @AfterEach
  final void close() throws SQLException {
    for (SqlClient client : clients) {
      client.close();
    }
  }

  /** Returns the properties that say where the store is. */
  Map<String, String> store() {
    return Map.of("kadb.home", home.toString());
  }

  /** Opens another connection on the same store, with properties {@code name=value}. */
  final SqlClient connect(String... properties) throws SQLException {
    Map<String, String> all = new HashMap<>(store());
    for (String property : properties) {
      int equals = property.indexOf('=');
      all.put(property.substring(0, equals), property.substring(equals + 1));
    }
    SqlClient client = SqlClient.connect(all);
    clients.add(client);
    return client;
  }

  /** Creates a server without options. */
  final void server(String name) throws SQLException {
    sql.update("CREATE SERVER " + name + " FOREIGN DATA WRAPPER kadb_fdw");
  }

  /** Creates a foreign table {@code name (id int, name text)} without options. */
  final void table(String name, String server) throws SQLException {
    sql.update("CREATE FOREIGN TABLE " + name + " (id int, name text) SERVER " + server);
  }

  final long oid(String table) throws SQLException {
    return Long.parseLong(sql.value("SELECT '" + table + "'::regclass::oid"));
  }

  /** Returns all stored offsets as the test's connection sees them: {@code ftoid|prt|off}. */
  final List<String> offsets() throws SQLException {
    return offsets(sql);
  }

  static List<String> offsets(SqlClient client) throws SQLException {
    return client.rows("SELECT ftoid, prt, off FROM kadb.offsets ORDER BY ftoid, prt");
  }

  /** Returns names and types of the columns that {@code SELECT *} has now. */
  static List<String> columns(SqlClient client, String table) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (var statement = client.connection().prepareStatement("SELECT * FROM " + table)) {
      for (int i = 1; i <= statement.getMetaData().getColumnCount(); i++) {
        columns.add(
            statement.getMetaData().getColumnLabel(i)
                + " "
                + statement.getMetaData().getColumnTypeName(i));
      }
    }
    return columns;
  }
}
