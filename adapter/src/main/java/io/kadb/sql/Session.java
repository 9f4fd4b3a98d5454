package io.kadb.sql;

import io.kadb.catalog.ColumnDefinition;
import io.kadb.catalog.Definitions;
import io.kadb.catalog.ForeignTable;
import io.kadb.catalog.TableName;
import io.kadb.error.KadbException;
import io.kadb.kafka.KafkaClients;
import io.kadb.load.LoadedBatch;
import io.kadb.scan.ScanMode;
import io.kadb.store.LoadTotal;
import io.kadb.store.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection's session: prepares and runs statements and owns the transaction. Not safe for
 * several threads at once. All methods throw {@link KadbException}.
 */
public final class Session implements AutoCloseable {
  private final SessionState state;
  private final StatementPreparer preparer;
  private final SessionConfig config;
  private final String user;
  private int savepoints;
  private boolean closed;

  private Session(Store store, SessionConfig config, String user) {
    this.user = user;
    this.state = new SessionState(store, KafkaClients.shared(), config, user);
    this.preparer = new StatementPreparer(state);
    this.config = config;
  }

  /** Opens a session of the operating system's user; connects to the store. */
  public static Session open(SessionConfig config) {
    return open(config, System.getProperty("user.name", ""));
  }

  /**
   * Opens a session; connects to the store.
   *
   * @param user whose it is, for {@code kadb.queries}
   */
  public static Session open(SessionConfig config, String user) {
    Store store = SharedStores.acquire(config.store());
    try {
      Session session = new Session(store, config, user);
      session.definitions();
      return session;
    } catch (RuntimeException | Error e) {
      SharedStores.release(store);
      throw e;
    }
  }

  /** Parses, checks and plans a statement. Commands are only recognised; they run in execute. */
  public Prepared prepare(String sql) {
    return preparer.prepare(sql);
  }

  /**
   * Runs a statement.
   *
   * @param prepared a statement of this session
   * @param parameters its parameters in their order: instances of the classes that JDBC setters
   *     take (String, Number, Boolean, java.sql and java.time values, byte[]) or null
   * @param control cancel, time limit, notices
   */
  public Outcome execute(Prepared prepared, List<@Nullable Object> parameters, RunControl control) {
    SessionStatement statement = preparer.current((SessionStatement) prepared);
    control.check();
    if (!endsTransaction(statement)) {
      state.transaction().checkUsable();
    }
    RunningQuery running = RunningQuery.begin(user, statement.sql(), control);
    boolean open = false;
    try {
      Outcome outcome = run(statement, parameters, control);
      if (outcome instanceof QueryRows rows) {
        running.fetching();
        rows.onEnd(running::end);
        open = true;
      }
      return outcome;
    } finally {
      if (!open) {
        control.ended();
        running.end();
      }
    }
  }

  private static boolean endsTransaction(SessionStatement statement) {
    return statement.form() instanceof SessionStatement.Form.Other other
        && (other.command() instanceof Command.Commit
            || other.command() instanceof Command.Rollback);
  }

  private Outcome run(
      SessionStatement statement, List<@Nullable Object> parameters, RunControl control) {
    if (statement.form() instanceof SessionStatement.Form.Query query) {
      Rows rows = QueryRows.open(state, control, query.query(), parameters);
      boolean work = query.query().changesOffsets() && query.query().scans().isEmpty();
      return work ? HeldRows.of(rows) : rows;
    } else if (statement.form() instanceof SessionStatement.Form.Dml dml) {
      return new UpdateCount(new DmlRunner(state, control).run(dml.plan(), parameters));
    }
    SessionStatement.Form.Other other = (SessionStatement.Form.Other) statement.form();
    return new SessionCommands(state, preparer, config)
        .run(other.command(), other.places(), control);
  }

  /**
   * Returns the topic behind a table.
   *
   * @param table its name as a text in SQL would have it, or its OID in digits
   */
  public TableTopic topic(String table) {
    return TableTopic.of(state, table);
  }

  /**
   * Runs an {@code INSERT INTO pg.… SELECT …} in the session's transaction and tells what it took.
   *
   * @param prepared a statement of this session, without parameters
   * @throws KadbException 25P01 under autocommit, 0A000 if it is another statement
   */
  public LoadedBatch load(Prepared prepared, WarehouseTarget target, RunControl control) {
    return running(
        prepared.sql(),
        control,
        transaction -> transaction.load(preparer.current((SessionStatement) prepared), target));
  }

  /**
   * Runs statements of the warehouse in the session's transaction.
   *
   * @param sql what {@code kadb.queries} shows meanwhile
   * @throws KadbException with the warehouse's own SQLState; 25P01 under autocommit, 0A000 if the
   *     store is not a warehouse
   */
  public <T> T inWarehouse(String sql, WarehouseCall<T> call, RunControl control) {
    return running(sql, control, transaction -> transaction.run(call));
  }

  private <T> T running(String sql, RunControl control, Function<WarehouseTransaction, T> work) {
    control.check();
    state.transaction().checkUsable();
    RunningQuery running = RunningQuery.begin(user, sql, control);
    try {
      return work.apply(new WarehouseTransaction(state, control));
    } finally {
      control.ended();
      running.end();
    }
  }

  /** Returns whether each statement is a transaction of its own. */
  public boolean autoCommit() {
    return state.transaction().autoCommit();
  }

  /** Turns autocommit on or off; a change commits. */
  public void setAutoCommit(boolean on) {
    if (on != autoCommit()) {
      state.commit();
      state.transaction().setAutoCommit(on);
    }
  }

  /** Commits; open results are closed, and those that stand on their last row succeed. */
  public void commit() {
    state.commit();
  }

  /** Rolls back; open results end without success. */
  public void rollback() {
    state.abandonRows();
    state.transaction().rollback();
  }

  /** Sets a savepoint and returns its name; without a name one is made up. */
  public String setSavepoint(@Nullable String name) {
    String made = name == null ? "kadb_savepoint_" + ++savepoints : name;
    state.transaction().savepoint(made);
    return made;
  }

  /** Undoes what was done since a savepoint, which stays; open results end without success. */
  public void rollbackTo(String savepoint) {
    state.abandonRows();
    state.transaction().rollbackTo(savepoint);
  }

  /** Forgets a savepoint. */
  public void releaseSavepoint(String savepoint) {
    state.transaction().release(savepoint);
  }

  /** Returns whether this session writes nothing and moves nothing. */
  public boolean readOnly() {
    return state.readOnly();
  }

  /** Makes the session read-only, or writable again unless it was opened read-only. */
  public void setReadOnly(boolean on) {
    state.readOnly(on || config.readOnly());
  }

  /** Returns the schema that names without one mean. */
  public String schema() {
    return state.schema();
  }

  public void setSchema(String schema) {
    state.schema(schema);
  }

  /** Returns the scan mode of all statements; empty if each table's option decides. */
  public Optional<ScanMode> scanMode() {
    return state.scanMode();
  }

  /** Returns what was loaded into the warehouse so far. */
  public List<LoadTotal> loadTotals() {
    return state.storeSession().loads().totals();
  }

  /** Returns how many messages {@code kadb.rejects} holds of each foreign table that has some. */
  public Map<TableName, Long> rejectCounts() {
    Map<TableName, Long> counts = new LinkedHashMap<>();
    state
        .storeSession()
        .rejects()
        .counts()
        .forEach(
            (ftoid, count) ->
                definitions().table(ftoid).ifPresent(table -> counts.put(table.name(), count)));
    return counts;
  }

  /** Returns servers and foreign tables as this session sees them. Does not ask Kafka. */
  public Definitions definitions() {
    return preparer.definitions();
  }

  /**
   * Returns all tables for metadata except those of the warehouse, by schema and name. Does not ask
   * Kafka, unless the connection was given brokers; then those that do not answer show no topics.
   */
  public List<TableDescription> tables() {
    List<TableDescription> tables = new ArrayList<>();
    for (ForeignTable table : definitions().tables()) {
      tables.add(describe(table));
    }
    state.topics().stream()
        .flatMap(topics -> topics.tablesIfThere().stream())
        .forEach(table -> tables.add(describe(table)));
    tables.add(OffsetsTable.description());
    SystemViews.all().forEach(view -> tables.add(view.description()));
    tables.sort(
        Comparator.comparing(TableDescription::schema).thenComparing(TableDescription::name));
    return tables;
  }

  private static TableDescription describe(ForeignTable table) {
    String schema = table.name().schema();
    String name = table.name().table();
    List<ResultColumn> columns = new ArrayList<>();
    for (ColumnDefinition column : table.columns()) {
      columns.add(new ResultColumn(column.name(), column.type(), !column.notNull(), schema, name));
    }
    String topic = table.options().getOrDefault("k_topic", "");
    String remarks = topic.isEmpty() ? "" : "topic " + topic + " of server " + table.server();
    return new TableDescription(schema, name, "FOREIGN TABLE", remarks, columns);
  }

  /**
   * Returns the tables of the warehouse for metadata, by schema and name; none if the store is not
   * a warehouse. Schema {@code public} of the warehouse is called {@code pg.public}.
   *
   * @param tablePattern a pattern of LIKE for their names
   */
  public List<TableDescription> warehouseTables(String tablePattern) {
    return WarehouseTables.tables(state.storeSession(), tablePattern);
  }

  /** Returns the names of the schemas of the warehouse, called {@code pg.public} and so on. */
  public List<String> warehouseSchemas() {
    return WarehouseTables.schemas(state.storeSession());
  }

  /**
   * Returns the columns of a table's primary key in the order of the key; none if there is none.
   */
  public List<String> primaryKey(String schema, String table) {
    if (schema.equals(OffsetsTable.SCHEMA) && table.equals(OffsetsTable.NAME)) {
      return OffsetsTable.COLUMNS.subList(0, 2);
    }
    return WarehouseTables.primaryKey(state.storeSession(), schema, table);
  }

  /** Returns the functions of schema {@code kadb}, by name. */
  public List<FunctionDescription> functions() {
    return FunctionDescription.all();
  }

  /** Returns the names of all schemas except those of the warehouse, sorted. */
  public List<String> schemas() {
    TreeSet<String> schemas = new TreeSet<>(definitions().schemas());
    schemas.add(OffsetsTable.SCHEMA);
    state.topics().ifPresent(topics -> schemas.add(BrokerTopics.SCHEMA));
    return List.copyOf(schemas);
  }

  /** Returns whether the store still answers. */
  public boolean isValid() {
    if (closed) {
      return false;
    }
    try {
      state.storeSession().catalog().version();
      return true;
    } catch (KadbException e) {
      return false;
    }
  }

  /** Ends open results, rolls back, gives up the store's connection. A second call does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      state.abandonRows();
      state.transaction().rollback();
    } finally {
      state.storeSession().close();
      SharedStores.release(state.store());
    }
  }
}
