package io.kadb.sql;

import io.kadb.catalog.Definitions;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.type.ColumnType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;

/** Builds the tree of schemas in which the names of a statement are resolved. */
final class SchemaTree {
  /** The schema of the warehouse's schemas. */
  static final String WAREHOUSE = "pg";

  /** Schemas that users cannot create or drop. */
  static final Set<String> RESERVED = Set.of(OffsetsTable.SCHEMA, WAREHOUSE);

  /** PostgreSQL's names of types that the engine does not know. */
  private static final List<String> TYPE_NAMES =
      List.of(
          "int2",
          "int4",
          "int8",
          "float4",
          "float8",
          "bool",
          "text",
          "bytea",
          "oid",
          "timestamptz",
          "uuid",
          "json",
          "jsonb",
          "bpchar",
          "numeric");

  private SchemaTree() {}

  /** Returns the root schema for a session's statements. */
  static CalciteSchema of(SessionState session, Definitions definitions) {
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    for (String schema : definitions.schemas()) {
      root.add(
          schema, new ForeignSchema(definitions, schema, session.defaults(), SchemaTree::noHost));
    }
    if (!definitions.schemas().contains(BrokerTopics.SCHEMA)) {
      session
          .topics()
          .ifPresent(
              topics -> root.add(BrokerTopics.SCHEMA, new TopicSchema(topics, SchemaTree::noHost)));
    }
    root.add(OffsetsTable.SCHEMA, new SystemSchema());
    if (session.store().isWarehouse()) {
      WarehouseSchema.addTo(root, session.storeSession());
    }
    addTypes(root);
    return root;
  }

  /** Returns a root schema for expressions that refer to no table. */
  static CalciteSchema withoutTables() {
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    addTypes(root);
    return root;
  }

  private static void addTypes(CalciteSchema root) {
    for (String name : TYPE_NAMES) {
      ColumnType type = ColumnType.parse(name);
      root.plus().add(name, factory -> EngineTypes.toEngine(factory, type));
    }
  }

  private static <T> T noHost(ScanSpec spec, Object context) {
    throw new KadbException(ErrorCode.INTERNAL, "a scan outside a statement of its session");
  }

  /** Schema {@code kadb}. */
  private static final class SystemSchema extends AbstractSchema {
    private static final Map<String, Table> TABLES = allTables();

    private static Map<String, Table> allTables() {
      Map<String, Table> tables = new LinkedHashMap<>();
      tables.put(OffsetsTable.NAME, new OffsetsTable());
      SystemViews.all().forEach(view -> tables.put(view.name(), new ViewTable(view)));
      return Collections.unmodifiableMap(tables);
    }

    @Override
    protected Map<String, Table> getTableMap() {
      return TABLES;
    }
  }
}
