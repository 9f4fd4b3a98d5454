package io.kadb.jdbc;

import io.kadb.load.LoadedBatch;
import io.kadb.sql.FunctionDescription;
import io.kadb.sql.Outcome;
import io.kadb.sql.Prepared;
import io.kadb.sql.ResultColumn;
import io.kadb.sql.RunControl;
import io.kadb.sql.TableDescription;
import io.kadb.sql.TableTopic;
import io.kadb.sql.WarehouseCall;
import io.kadb.sql.WarehouseTarget;
import io.kadb.type.ColumnType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An engine that runs what a test gave it for a text, and writes down what happens to it. */
final class StubEngine implements Engine {
  /** What happened, in order. */
  final List<String> log = Collections.synchronizedList(new ArrayList<>());

  /** The parameters of each run, in order. */
  final List<List<@Nullable Object>> parameters = new ArrayList<>();

  final List<TableDescription> tables = new ArrayList<>();
  final List<String> schemas = new ArrayList<>();
  final List<TableDescription> warehouseTables = new ArrayList<>();
  final List<FunctionDescription> functions = new ArrayList<>();

  private final Map<String, Function<RunControl, Outcome>> outcomes = new HashMap<>();
  private final Map<String, Stub> statements = new HashMap<>();
  private volatile boolean autoCommit = true;
  private volatile boolean readOnly;
  private String schema = "public";
  boolean valid = true;

  /** Has a query give rows. */
  StubEngine query(String sql, Function<RunControl, Outcome> outcome) {
    return statement(sql, Prepared.Kind.QUERY, List.of(), outcome);
  }

  /** Has a statement give something. */
  StubEngine statement(
      String sql,
      Prepared.Kind kind,
      List<ColumnType> parameterTypes,
      Function<RunControl, Outcome> outcome) {
    List<ResultColumn> of =
        parameterTypes.stream().map(type -> ResultColumn.of("?", type)).toList();
    statements.put(sql, new Stub(sql, kind, of));
    outcomes.put(sql, outcome);
    return this;
  }

  /** Returns a connection to this engine. */
  KadbConnection connect() {
    Map<String, String> none = Map.of("store", "jdbc:sqlite:unused.db");
    return new KadbConnection(this, ConnectionProperties.of(none, name -> null));
  }

  @Override
  public Prepared prepare(String sql) {
    log.add("prepare " + sql);
    return Optional.ofNullable(statements.get(sql)).orElseThrow();
  }

  @Override
  public Outcome execute(Prepared prepared, List<@Nullable Object> given, RunControl control) {
    log.add("execute " + prepared.sql());
    parameters.add(given);
    return Optional.ofNullable(outcomes.get(prepared.sql())).orElseThrow().apply(control);
  }

  @Override
  public boolean autoCommit() {
    return autoCommit;
  }

  @Override
  public void setAutoCommit(boolean on) {
    log.add("autocommit " + on);
    autoCommit = on;
  }

  @Override
  public void commit() {
    log.add("commit");
  }

  @Override
  public void rollback() {
    log.add("rollback");
  }

  @Override
  public String setSavepoint(@Nullable String name) {
    String known = name == null ? "made_up" : name;
    log.add("savepoint " + known);
    return known;
  }

  @Override
  public void rollbackTo(String savepoint) {
    log.add("rollback to " + savepoint);
  }

  @Override
  public void releaseSavepoint(String savepoint) {
    log.add("release " + savepoint);
  }

  @Override
  public boolean readOnly() {
    return readOnly;
  }

  @Override
  public void setReadOnly(boolean on) {
    readOnly = on;
  }

  @Override
  public String schema() {
    return schema;
  }

  @Override
  public void setSchema(String name) {
    schema = name;
  }

  @Override
  public List<TableDescription> tables() {
    return tables;
  }

  @Override
  public List<String> schemas() {
    return schemas;
  }

  @Override
  public List<TableDescription> warehouseTables(String tablePattern) {
    log.add("warehouse tables like " + tablePattern);
    return warehouseTables;
  }

  @Override
  public List<String> warehouseSchemas() {
    log.add("warehouse schemas");
    return warehouseTables.stream().map(TableDescription::schema).distinct().toList();
  }

  @Override
  public List<String> primaryKey(String ofSchema, String table) {
    return ofSchema.equals("kadb") && table.equals("offsets") ? List.of("ftoid", "prt") : List.of();
  }

  @Override
  public List<FunctionDescription> functions() {
    return functions;
  }

  @Override
  public TableTopic topic(String table) {
    throw new UnsupportedOperationException(table);
  }

  @Override
  public LoadedBatch load(Prepared prepared, WarehouseTarget target, RunControl control) {
    throw new UnsupportedOperationException(target.name());
  }

  @Override
  public <T> T inWarehouse(String sql, WarehouseCall<T> call, RunControl control) {
    throw new UnsupportedOperationException(sql);
  }

  @Override
  public boolean isValid() {
    return valid;
  }

  @Override
  public void close() {
    log.add("close");
  }

  /**
   * Waits until a run is cancelled or past its time, as a scan does; not longer than ten seconds.
   */
  static void waitForEnd(RunControl control) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (System.nanoTime() < deadline) {
      control.check();
      Thread.onSpinWait();
    }
    throw new IllegalStateException("nobody cancelled the run");
  }

  private record Stub(String sql, Prepared.Kind kind, List<ResultColumn> parameters)
      implements Prepared {
    @Override
    public List<ResultColumn> columns() {
      return kind == Kind.QUERY ? StubRows.counting(0).columns() : List.of();
    }
  }
}
