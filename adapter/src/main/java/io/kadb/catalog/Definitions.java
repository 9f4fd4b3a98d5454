package io.kadb.catalog;

import java.util.List;
import java.util.Optional;

/**
 * All definitions of a store at one moment.
 *
 * @param servers the servers, by name
 * @param tables the foreign tables, by schema and name
 * @param schemas the names of the schemas that may hold foreign tables, sorted
 */
public record Definitions(
    List<ServerDefinition> servers, List<ForeignTable> tables, List<String> schemas) {
  public Definitions {
    servers = List.copyOf(servers);
    tables = List.copyOf(tables);
    schemas = List.copyOf(schemas);
  }

  /** Returns the server of this name. */
  public Optional<ServerDefinition> server(String name) {
    return servers.stream().filter(s -> s.name().equals(name)).findFirst();
  }

  /** Returns the table of this name. */
  public Optional<ForeignTable> table(TableName name) {
    return tables.stream().filter(t -> t.name().equals(name)).findFirst();
  }

  /** Returns the table with this OID. */
  public Optional<ForeignTable> table(long ftoid) {
    return tables.stream().filter(t -> t.ftoid() == ftoid).findFirst();
  }
}
