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

/** The engine that is a session. */
record SessionEngine(Session session) implements Engine {
  @Override
  public Prepared prepare(String sql) {
    return session.prepare(sql);
  }

  @Override
  public Outcome execute(Prepared prepared, List<@Nullable Object> parameters, RunControl control) {
    return session.execute(prepared, parameters, control);
  }

  @Override
  public boolean autoCommit() {
    return session.autoCommit();
  }

  @Override
  public void setAutoCommit(boolean on) {
    session.setAutoCommit(on);
  }

  @Override
  public void commit() {
    session.commit();
  }

  @Override
  public void rollback() {
    session.rollback();
  }

  @Override
  public String setSavepoint(@Nullable String name) {
    return session.setSavepoint(name);
  }

  @Override
  public void rollbackTo(String savepoint) {
    session.rollbackTo(savepoint);
  }

  @Override
  public void releaseSavepoint(String savepoint) {
    session.releaseSavepoint(savepoint);
  }

  @Override
  public boolean readOnly() {
    return session.readOnly();
  }

  @Override
  public void setReadOnly(boolean on) {
    session.setReadOnly(on);
  }

  @Override
  public String schema() {
    return session.schema();
  }

  @Override
  public void setSchema(String schema) {
    session.setSchema(schema);
  }

  @Override
  public List<TableDescription> tables() {
    return session.tables();
  }

  @Override
  public List<String> schemas() {
    return session.schemas();
  }

  @Override
  public List<TableDescription> warehouseTables(String tablePattern) {
    return session.warehouseTables(tablePattern);
  }

  @Override
  public List<String> warehouseSchemas() {
    return session.warehouseSchemas();
  }

  @Override
  public List<String> primaryKey(String schema, String table) {
    return session.primaryKey(schema, table);
  }

  @Override
  public List<FunctionDescription> functions() {
    return session.functions();
  }

  @Override
  public TableTopic topic(String table) {
    return session.topic(table);
  }

  @Override
  public LoadedBatch load(Prepared prepared, WarehouseTarget target, RunControl control) {
    return session.load(prepared, target, control);
  }

  @Override
  public <T> T inWarehouse(String sql, WarehouseCall<T> call, RunControl control) {
    return session.inWarehouse(sql, call, control);
  }

  @Override
  public boolean isValid() {
    return session.isValid();
  }

  @Override
  public void close() {
    session.close();
  }
}
