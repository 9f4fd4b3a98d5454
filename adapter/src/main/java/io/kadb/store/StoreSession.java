package io.kadb.store;

import io.kadb.catalog.TableName;
import io.kadb.error.KadbException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;

/**
 * One user's conversation with a store: at most one JDBC connection, opened when first needed.
 *
 * <p>Outside {@link #begin} every call is a transaction of its own. Inside, a call that fails has
 * no effect and leaves the transaction usable, unless the connection itself is gone: then every
 * call fails until {@link #rollback}. Not thread-safe, except {@link #abort}.
 */
public interface StoreSession extends AutoCloseable {
  /** Returns the definitions of servers and foreign tables. */
  CatalogTables catalog();

  /** Returns the stored offsets. */
  OffsetTable offsets();

  /** Returns what was loaded into the warehouse. */
  LoadHistory loads();

  /** Returns the messages that could not be turned into rows. */
  RejectTable rejects();

  /**
   * Begins a transaction. Nothing is locked, and nothing is asked of the database, before the first
   * use; in SQLite, before the first change.
   */
  void begin();

  /** Ends the transaction and keeps its changes. It has ended even if this fails. */
  void commit();

  /** Ends the transaction, if there is one, and undoes its changes. */
  void rollback();

  /** Returns whether a transaction has begun and not ended. */
  boolean inTransaction();

  /** Sets a savepoint in the transaction; one of the same name is hidden until this one is gone. */
  void savepoint(String name);

  /**
   * Undoes what was done since the savepoint, which stays.
   *
   * @throws io.kadb.error.KadbException NO_SUCH_SAVEPOINT
   */
  void rollbackTo(String name);

  /**
   * Forgets the savepoint and those after it; what was done since stays.
   *
   * @throws io.kadb.error.KadbException NO_SUCH_SAVEPOINT
   */
  void release(String name);

  /**
   * Returns the connection to the warehouse, for reading and for statements of its own. It belongs
   * to the session: not to be closed, committed or rolled back by whoever takes it. Inside {@link
   * #begin} it is in the transaction; a statement that fails there has to be undone by {@link
   * #rollbackTo}.
   *
   * @throws io.kadb.error.KadbException UNSUPPORTED if the store is not a warehouse; OBJECT_IN_USE
   *     while a streaming COPY is open
   */
  Connection warehouse();

  /** Returns the error of a statement that {@link #warehouse} refused, without long values. */
  KadbException failure(SQLException error);

  /**
   * Checks that the store is a warehouse.
   *
   * @throws io.kadb.error.KadbException UNSUPPORTED if it is not
   */
  void requireWarehouse();

  /**
   * Returns the columns of a table of the warehouse, in their order.
   *
   * @param table schema {@code pg_temp} is that of the session's temporary tables
   * @throws io.kadb.error.KadbException UNDEFINED_TABLE; UNSUPPORTED if the store is not a
   *     warehouse
   */
  List<WarehouseColumn> warehouseColumns(TableName table);

  /**
   * Returns the names of the warehouse's schemas, sorted, without those of the database itself and
   * of kadb; none if the store is not a warehouse.
   */
  List<String> warehouseSchemas();

  /**
   * Returns the warehouse's tables in these schemas, by schema and name; none if the store is not a
   * warehouse.
   *
   * @param nameLike a pattern of LIKE for their names
   */
  List<WarehouseTable> warehouseTables(String nameLike);

  /**
   * Returns the columns of the primary key of a table of the warehouse, in the order of the key;
   * none if it has none, or if there is no such table.
   */
  List<String> warehousePrimaryKey(TableName table);

  /**
   * Begins a COPY into a table of the warehouse. Needs a transaction; set a savepoint before, since
   * a COPY that fails leaves the undoing to the caller.
   *
   * @param table the table
   * @param columns the columns the rows have, in their order
   * @param chunkBytes empty for a stream during which the session can do nothing else; otherwise
   *     the bytes that are collected for each COPY, so that the session can be used in between (1
   *     MiB costs little time, 64 KiB doubles it)
   * @throws io.kadb.error.KadbException UNSUPPORTED if the store is not a warehouse
   */
  CopyStream copyInto(TableName table, List<String> columns, OptionalInt chunkBytes);

  /** Cancels what the session is doing at this moment, if anything. Safe from any thread. */
  void abort();

  /** Rolls back and closes the connection. Never fails, and may be called again. */
  @Override
  void close();
}
