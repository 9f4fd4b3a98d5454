package io.kadb.store;

import io.kadb.catalog.TableName;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;

/** A session over one JDBC connection; {@link StoreTransaction} says how its calls end. */
final class JdbcSession implements StoreSession {
  private final JdbcStore store;
  private final StoreConnection connection;
  private final StoreTransaction transaction;
  private final CatalogTables catalog;
  private final OffsetTable offsets;
  private final LoadHistory loads;
  private final RejectTable rejects;

  JdbcSession(JdbcStore store) {
    this.store = store;
    connection = new StoreConnection(store);
    transaction = new StoreTransaction(store, connection);
    catalog = new JdbcCatalogTables(store, transaction);
    offsets = new JdbcOffsetTable(transaction);
    loads = new JdbcLoadHistory(store, transaction);
    rejects = new JdbcRejectTable(store, transaction);
  }

  StoreTransaction transaction() {
    return transaction;
  }

  @Override
  public CatalogTables catalog() {
    return catalog;
  }

  @Override
  public OffsetTable offsets() {
    return offsets;
  }

  @Override
  public LoadHistory loads() {
    return loads;
  }

  @Override
  public RejectTable rejects() {
    return rejects;
  }

  @Override
  public void begin() {
    transaction.begin();
  }

  @Override
  public void commit() {
    transaction.commit();
  }

  @Override
  public void rollback() {
    transaction.rollback();
  }

  @Override
  public boolean inTransaction() {
    return transaction.hasBegun();
  }

  @Override
  public void savepoint(String name) {
    transaction.savepoint(name);
  }

  @Override
  public void rollbackTo(String name) {
    transaction.rollbackTo(name);
  }

  @Override
  public void release(String name) {
    transaction.release(name);
  }

  @Override
  public Connection warehouse() {
    requireWarehouse();
    return transaction.borrow();
  }

  @Override
  public KadbException failure(SQLException error) {
    return transaction.failed(error);
  }

  @Override
  public List<WarehouseColumn> warehouseColumns(TableName table) {
    requireWarehouse();
    return transaction.read(sql -> WarehouseCatalog.columns(sql, table));
  }

  @Override
  public List<String> warehouseSchemas() {
    return store.isWarehouse() ? transaction.read(WarehouseCatalog::schemas) : List.of();
  }

  @Override
  public List<WarehouseTable> warehouseTables(String nameLike) {
    return store.isWarehouse()
        ? transaction.read(sql -> WarehouseCatalog.tables(sql, nameLike))
        : List.of();
  }

  @Override
  public List<String> warehousePrimaryKey(TableName table) {
    return store.isWarehouse()
        ? transaction.read(sql -> WarehouseCatalog.primaryKey(sql, table))
        : List.of();
  }

  @Override
  public CopyStream copyInto(TableName table, List<String> columns, OptionalInt chunkBytes) {
    requireWarehouse();
    transaction.requireBegun();
    CopyTarget target = new CopyTarget(transaction.borrow(), table, columns, transaction::failed);
    return chunkBytes.isPresent()
        ? new ChunkedCopy(target, chunkBytes.getAsInt())
        : connection.begin(new StreamingCopy(target));
  }

  @Override
  public void requireWarehouse() {
    if (!store.isWarehouse()) {
      throw new KadbException(ErrorCode.UNSUPPORTED, "the store has no warehouse: " + store)
          .withHint("connect with the property store=jdbc:postgresql://…");
    }
  }

  @Override
  public void abort() {
    connection.cancel();
  }

  @Override
  public void close() {
    transaction.close();
  }
}
