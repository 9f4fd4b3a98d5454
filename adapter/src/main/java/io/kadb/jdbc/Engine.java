package io.kadb.jdbc;

import io.kadb.load.LoadedBatch;
import io.kadb.sql.FunctionDescription;
import io.kadb.sql.Outcome;
import io.kadb.sql.Prepared;
import io.kadb.sql.RunControl;
import io.kadb.sql.Session;
import io.kadb.sql.TableDescription;
import io.kadb.sql.TableTopic;
import io.kadb.sql.WarehouseCall;
import io.kadb.sql.WarehouseTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a connection needs of a session; its methods are those of {@link Session}. Not safe for
 * several threads at once, except the reading of {@link #autoCommit}, {@link #readOnly} and {@link
 * #schema}.
 */
interface Engine {
  Prepared prepare(String sql);

  Outcome execute(Prepared prepared, List<@Nullable Object> parameters, RunControl control);

  boolean autoCommit();

  void setAutoCommit(boolean on);

  void commit();

  void rollback();

  String setSavepoint(@Nullable String name);

  void rollbackTo(String savepoint);

  void releaseSavepoint(String savepoint);

  boolean readOnly();

  void setReadOnly(boolean on);

  String schema();

  void setSchema(String schema);

  List<TableDescription> tables();

  List<String> schemas();

  List<TableDescription> warehouseTables(String tablePattern);

  List<String> warehouseSchemas();

  List<String> primaryKey(String schema, String table);

  List<FunctionDescription> functions();

  TableTopic topic(String table);

  LoadedBatch load(Prepared prepared, WarehouseTarget target, RunControl control);

  <T> T inWarehouse(String sql, WarehouseCall<T> call, RunControl control);

  boolean isValid();

  void close();
}
