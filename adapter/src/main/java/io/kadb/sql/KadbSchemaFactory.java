package io.kadb.sql;

import io.kadb.catalog.Definitions;
import io.kadb.catalog.ForeignTable;
import io.kadb.option.OptionCheck;
import io.kadb.store.Store;
import io.kadb.store.StoreLocation;
import io.kadb.store.StoreSession;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.SchemaFactory;
import org.apache.calcite.schema.SchemaPlus;

/**
 * Shows foreign tables to plain Calcite, from a model file. The operand either defines servers and
 * tables itself, or names a store whose definitions of one schema are shown:
 *
 * <pre>{@code
 * {"version": "1.0", "defaultSchema": "k", "schemas": [{
 *   "name": "k", "type": "custom", "factory": "io.kadb.sql.KadbSchemaFactory",
 *   "operand": {
 *     "servers": {"kafka": {"k_brokers": "localhost:9092"}},
 *     "tables": [{
 *       "name": "orders", "server": "kafka",
 *       "columns": [{"name": "id", "type": "bigint", "notNull": true},
 *                   {"name": "amount", "type": "numeric(10,2)"}],
 *       "options": {"k_topic": "orders", "format": "csv", "k_consumer_group": "g",
 *                   "k_seg_batch": "1000", "k_timeout_ms": "1000"}}]}}]}
 * }</pre>
 *
 * <p>Other operands: {@code store}, {@code storeUser}, {@code storePassword}, {@code schema}
 * (default {@code public}).
 *
 * <p>Calcite's own numbers have at most 19 digits. For more, connect with {@code
 * typeSystem=io.kadb.sql.EngineTypeSystem}.
 *
 * <p>Plain Calcite does not tell when a statement has ended, so tables read this way never move
 * offsets: mode {@code consume} reads as {@code peek}, from the store's offsets if there is a
 * store, otherwise from {@code k_initial_offset}; {@code snapshot} reads everything. Connections of
 * {@code jdbc:kadb:} do move them.
 */
public final class KadbSchemaFactory implements SchemaFactory {
  @Override
  public Schema create(SchemaPlus parentSchema, String name, Map<String, Object> operand) {
    Object schema = operand.getOrDefault("schema", "public");
    ModelDefinitions model = new ModelDefinitions(operand, schema.toString());
    if (operand.get("store") == null) {
      Definitions definitions = model.definitions();
      check(definitions);
      return new ForeignSchema(definitions, schema.toString(), Map.of(), PlainHost.withoutStore());
    }
    model.refuseDefinitions();
    StoreLocation location =
        new StoreLocation(
            operand.get("store").toString(),
            Optional.ofNullable(operand.get("storeUser")).map(Object::toString),
            Optional.ofNullable(operand.get("storePassword")).map(Object::toString));
    Store store = SharedStores.acquire(location);
    try (StoreSession session = store.session()) {
      return new ForeignSchema(
          session.catalog().read(), schema.toString(), Map.of(), PlainHost.of(store));
    }
  }

  private static void check(Definitions definitions) {
    OptionCheck check = new OptionCheck();
    definitions.servers().forEach(server -> check.server(server.options()));
    for (ForeignTable table : definitions.tables()) {
      table.columns().forEach(column -> check.column(column.name(), column.options()));
      check.table(table.options());
    }
    check.finish();
  }
}
