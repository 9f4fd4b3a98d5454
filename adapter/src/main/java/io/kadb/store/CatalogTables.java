package io.kadb.store;

import io.kadb.catalog.ColumnDefinition;
import io.kadb.catalog.Definitions;
import io.kadb.catalog.ForeignTable;
import io.kadb.catalog.ServerDefinition;
import io.kadb.catalog.TableName;
import java.util.List;
import java.util.Map;

/** The definitions of servers, foreign tables and schemas in a store. */
public interface CatalogTables {
  /** Returns all definitions as they are at one moment. */
  Definitions read();

  /**
   * Returns a number that is another one after every change of a definition, for keeping {@link
   * #read} at hand. It changes in the transaction that changes the definition.
   */
  long version();

  /**
   * Adds a server.
   *
   * @throws io.kadb.error.KadbException DUPLICATE_OBJECT if one of this name exists
   */
  void createServer(ServerDefinition server);

  /**
   * Replaces the server of this name.
   *
   * @throws io.kadb.error.KadbException UNDEFINED_OBJECT if there is none
   */
  void replaceServer(ServerDefinition server);

  /**
   * Removes a server.
   *
   * @throws io.kadb.error.KadbException UNDEFINED_OBJECT if there is none; DEPENDENT_OBJECTS if it
   *     has foreign tables
   */
  void dropServer(String name);

  /**
   * Adds a foreign table and gives it an OID that no table had before.
   *
   * @throws io.kadb.error.KadbException DUPLICATE_TABLE; UNDEFINED_SCHEMA; UNDEFINED_OBJECT if
   *     there is no such server
   */
  ForeignTable createTable(
      TableName name, String server, List<ColumnDefinition> columns, Map<String, String> options);

  /**
   * Replaces what the foreign table with this OID consists of: name, server, columns, options.
   *
   * @throws io.kadb.error.KadbException UNDEFINED_TABLE if no table has the OID; DUPLICATE_TABLE if
   *     another one has the name; UNDEFINED_SCHEMA; UNDEFINED_OBJECT if there is no such server
   */
  void replaceTable(ForeignTable table);

  /**
   * Removes a foreign table and its offsets.
   *
   * @throws io.kadb.error.KadbException UNDEFINED_TABLE if no table has the OID
   */
  void dropTable(long ftoid);

  /**
   * Adds a schema; {@code public} is there from the start.
   *
   * @throws io.kadb.error.KadbException DUPLICATE_SCHEMA
   */
  void createSchema(String name);

  /**
   * Removes a schema.
   *
   * @throws io.kadb.error.KadbException UNDEFINED_SCHEMA; DEPENDENT_OBJECTS if it holds tables
   */
  void dropSchema(String name);
}
