package io.kadb.sql;

import io.kadb.catalog.Definitions;
import io.kadb.catalog.ForeignTable;
import io.kadb.catalog.ServerDefinition;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.option.OptionSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;

/** The foreign tables of one schema, as the engine sees them. */
final class ForeignSchema extends AbstractSchema {
  private final Map<String, Table> tables = new LinkedHashMap<>();

  /**
   * Creates the schema.
   *
   * @param definitions all servers and tables
   * @param name which schema's tables to show
   * @param defaults options for what tables and servers do not set
   * @param host reads the tables for statements that bring no host of their own
   */
  ForeignSchema(Definitions definitions, String name, Map<String, String> defaults, ScanHost host) {
    for (ForeignTable table : definitions.tables()) {
      if (table.name().schema().equals(name)) {
        tables.put(
            table.name().table(),
            new KafkaTable(table, () -> options(definitions, table, defaults), host));
      }
    }
  }

  /** Returns the options that hold for a table. */
  static OptionSet options(
      Definitions definitions, ForeignTable table, Map<String, String> defaults) {
    Map<String, String> server =
        definitions
            .server(table.server())
            .map(ServerDefinition::options)
            .orElseThrow(
                () ->
                    new KadbException(
                        ErrorCode.UNDEFINED_OBJECT,
                        "server " + table.server() + " of " + table.name() + " does not exist"));
    Map<String, Map<String, String>> columns = new LinkedHashMap<>();
    table.columns().forEach(column -> columns.put(column.name(), column.options()));
    return OptionSet.merge(defaults, server, table.options(), columns);
  }

  /** Returns the tables. */
  Stream<KafkaTable> kafkaTables() {
    return tables.values().stream().map(KafkaTable.class::cast);
  }

  @Override
  protected Map<String, Table> getTableMap() {
    return tables;
  }
}
