package io.kadb.server.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kadb.catalog.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A foreign table as it is defined in the store.
 *
 * @param options those of the table itself; secrets are masked
 */
record SourceTable(
    TableName name,
    long ftoid,
    String server,
    List<LoadJob.Column> columns,
    Map<String, String> options) {
  private static final ObjectMapper JSON = new ObjectMapper();

  SourceTable {
    columns = List.copyOf(columns);
  }

  /** Looks a foreign table up; empty if there is none of this name. */
  static Optional<SourceTable> find(Connection kadb, TableName name) throws SQLException {
    try (PreparedStatement statement =
        kadb.prepareStatement(
            "SELECT ftoid, server_name, columns, options FROM kadb.foreign_tables"
                + " WHERE table_schema = ? AND table_name = ?")) {
      statement.setString(1, name.schema());
      statement.setString(2, name.table());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        SourceTable found =
            new SourceTable(
                name,
                row.getLong(1),
                row.getString(2),
                columns(row.getString(3)),
                options(read(row.getString(4))));
        // A result that is read to its end holds nothing open.
        row.next();
        return Optional.of(found);
      }
    }
  }

  /** Looks a foreign table up that has to be there. */
  static SourceTable get(Connection kadb, TableName name) throws SQLException {
    return find(kadb, name)
        .orElseThrow(
            () ->
                new LoadFailure(
                    "there is no foreign table %s; kadb.foreign_tables shows those there are"
                        .formatted(name)));
  }

  /** Returns an option of the table, or else of its server, in lower case. */
  Optional<String> option(Connection kadb, String option) throws SQLException {
    String own = options.get(option);
    if (own != null) {
      return Optional.of(own.toLowerCase(Locale.ROOT));
    }
    return Sql.rows(kadb, "SELECT options FROM kadb.servers WHERE server_name = ?", server).stream()
        .findFirst()
        .map(row -> options(read(String.valueOf(row.get(0)))).get(option))
        .map(value -> value.toLowerCase(Locale.ROOT));
  }

  private static List<LoadJob.Column> columns(String json) {
    List<LoadJob.Column> columns = new ArrayList<>();
    for (JsonNode column : read(json)) {
      columns.add(
          new LoadJob.Column(
              column.path("name").asText(),
              column.path("type").asText(),
              options(column.path("options"))));
    }
    return columns;
  }

  private static Map<String, String> options(JsonNode object) {
    Map<String, String> options = new LinkedHashMap<>();
    object.fields().forEachRemaining(e -> options.put(e.getKey(), e.getValue().asText()));
    return options;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the catalog gives what is not JSON: " + json, e);
    }
  }
}
