package io.kadb.server.load;

import io.kadb.jdbc.WarehouseLoads;
import io.kadb.load.LoadWatch;
import io.kadb.load.LoadedBatch;
import io.kadb.server.cli.ExitCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which a job takes batch after batch, each in one transaction. When the connection
 * breaks, another session goes on. Used by one thread, except for {@link #cancel}.
 */
final class LoadSession implements AutoCloseable {
  private static final String TOMBSTONE_ROWS = "k_tombstone_rows";
  private static final String CONSUME = "consume";
  private static final String LOCKED = "55P03";

  /** The state of a row whose key is there already. */
  static final String UNIQUE = "23505";

  private final LoadJob job;
  private final Set<Integer> partitions;
  private final Connection kadb;
  private final WarehouseLoads loads;
  private volatile @Nullable Statement running;
  private @Nullable SourceTable source;
  private @Nullable BatchSql sql;
  private @Nullable LoadedBatch refused;

  private LoadSession(LoadJob job, Set<Integer> partitions, Connection kadb) throws SQLException {
    this.job = job;
    this.partitions = partitions;
    this.kadb = kadb;
    this.loads = Warehouse.loads(kadb);
  }

  /** Opens a session; {@link #define} and {@link #plan} come next. */
  static LoadSession open(LoadJob job, LoadSettings settings) throws SQLException {
    Connection kadb = Warehouse.connect(job, settings.url(), defaults(job, settings.quitAtEof()));
    try {
      LoadSession session = new LoadSession(job, settings.partitionsOf(job), kadb);
      // Whatever the URL says.
      Sql.run(kadb, "SET kadb.scan_mode = '" + CONSUME + "'");
      return session;
    } catch (SQLException | RuntimeException e) {
      kadb.close();
      throw e;
    }
  }

  /** What holds where neither table nor server says anything. */
  static Map<String, String> defaults(LoadJob job, boolean quitAtEof) {
    Map<String, String> defaults = new HashMap<>();
    defaults.put("k_seg_batch", "100000");
    defaults.put("k_timeout_ms", "5000");
    defaults.put("k_latency_ms", "10000");
    defaults.put("k_consumer_group", "kadb");
    if (quitAtEof) {
      defaults.put("k_stop_at_end", "true");
    }
    if (job.target().tombstonesDelete()) {
      defaults.put(TOMBSTONE_ROWS, "true");
    }
    job.rejectLimit()
        .ifPresent(
            limit -> {
              defaults.put("k_on_error", "reject");
              defaults.put("k_reject_limit", limit);
            });
    return defaults;
  }

  /**
   * Defines the source if the job does, in a transaction that is left open.
   *
   * @param told takes what was done, in words
   */
  void define(Consumer<String> told) throws SQLException {
    if (job.source() instanceof LoadJob.Source.Defined defined) {
      int processors = Runtime.getRuntime().availableProcessors();
      int before =
          SourceTable.find(kadb, defined.table())
              .map(table -> table.options().get("k_segments"))
              .map(Integer::valueOf)
              .orElse(processors);
      Optional<String> done = new SourceDefinition(job, defined, before).apply(kadb);
      source = SourceTable.get(kadb, defined.table());
      // A segment without a partition takes no messages: the others have its share of the batch.
      int partitionCount = Positions.partitions(kadb, source()).size();
      int segments = Math.max(1, Math.min(processors, partitionCount));
      Optional<String> adjusted = new SourceDefinition(job, defined, segments).apply(kadb);
      done.or(() -> adjusted).ifPresent(told);
    }
    source = SourceTable.get(kadb, job.source().table());
    checkPartitions(source());
    checkRejectLimit(source());
    checkTombstones(source());
    checkMode(source());
  }

  /** Read in another mode the same messages would come again and again. */
  private void checkMode(SourceTable table) throws SQLException {
    String mode = table.option(kadb, "k_scan_mode").orElse(CONSUME);
    if (!mode.equals(CONSUME)) {
      throw new LoadFailure(
          "table %s is read in mode %s, which moves no offsets; a load needs k_scan_mode '%s'"
              .formatted(table.name(), mode, CONSUME));
    }
  }

  private void checkTombstones(SourceTable table) throws SQLException {
    String rows = table.option(kadb, TOMBSTONE_ROWS).orElse("true");
    if (job.target().tombstonesDelete() && !rows.equals("true")) {
      throw new LoadFailure(
          "%s of %s is %s, so messages without a value give no row that could delete one"
              .formatted(TOMBSTONE_ROWS, table.name(), rows));
    }
  }

  /** One that is not there would be read without end or error, and a reset would store it. */
  private void checkPartitions(SourceTable table) throws SQLException {
    if (partitions.isEmpty()) {
      return;
    }
    List<Integer> there = Positions.partitions(kadb, table);
    for (int partition : new TreeSet<>(partitions)) {
      if (!there.contains(partition)) {
        throw new LoadFailure(
            "the topic of %s has no partition %d; it has %s"
                .formatted(table.name(), partition, there),
            ExitCode.WRONG_USAGE);
      }
    }
  }

  private void checkRejectLimit(SourceTable table) throws SQLException {
    if (job.rejectLimit().isPresent()) {
      checkSame(table, "k_on_error", "reject");
      checkSame(table, "k_reject_limit", job.rejectLimit().get());
    }
  }

  /** What table or server say holds, whatever the job asks for. */
  private void checkSame(SourceTable table, String option, String wanted) throws SQLException {
    Optional<String> found = table.option(kadb, option);
    if (found.isPresent() && !found.get().equals(wanted)) {
      boolean own = table.options().containsKey(option);
      throw new LoadFailure(
          "%s has %s '%s' itself, which holds; the reject limit needs '%s': change it by %s"
              .formatted(
                  own ? "table " + table.name() : "server " + table.server(),
                  option,
                  found.get(),
                  wanted,
                  own ? "ALTER FOREIGN TABLE" : "ALTER SERVER"));
    }
  }

  /** Makes the SQL of the batches, by the columns that source and target have now. */
  BatchSql plan() throws SQLException {
    List<TargetColumn> columns =
        loads.inWarehouse(warehouse -> Warehouse.columns(warehouse, job.target().table()));
    BatchSql made = BatchSql.of(job, source().columns(), columns, partitions);
    sql = made;
    return made;
  }

  /**
   * Has the warehouse check the batches' SQL and the right to write, whether there is anything to
   * load or not, in a transaction that is rolled back.
   */
  void verify() throws SQLException {
    List<TargetColumn> columns =
        loads.inWarehouse(warehouse -> Warehouse.columns(warehouse, job.target().table()));
    BatchSql made = BatchSql.of(job, source().columns(), columns, partitions);
    if (made.isStaged()) {
      inWarehouse(List.of(made.stage().orElseThrow()));
      check(made.statements());
    } else {
      List<String> names = Mapped.of(job.target(), source().columns(), columns).names();
      check(List.of(nothing(names)));
    }
    kadb.rollback();
  }

  /** Has the warehouse plan statements; tables that somebody locks are not waited for. */
  private void check(List<String> statements) throws SQLException {
    try {
      loads.inWarehouse(
          warehouse -> {
            Sql.run(warehouse, "SET LOCAL lock_timeout = '1s'");
            DryRun.explain(warehouse, statements);
            return Sql.run(warehouse, "SET LOCAL lock_timeout TO DEFAULT");
          });
    } catch (SQLException e) {
      if (!LOCKED.equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  /**
   * What the warehouse checks as it will check the batches: the columns, and the right to write.
   */
  private String nothing(List<String> columns) {
    return "INSERT INTO %s (%s) SELECT %s"
        .formatted(
            Quoting.table(job.target().table()),
            Quoting.names(columns),
            String.join(", ", Collections.nCopies(columns.size(), "NULL")));
  }

  /** Sets where to begin: by a reset, or for partitions that have no offset yet. */
  void begin(Optional<OffsetReset> reset) throws SQLException {
    if (reset.isPresent()) {
      reset.get().apply(kadb, source(), partitions);
    } else if (job.source() instanceof LoadJob.Source.Defined defined
        && defined.fallback() == LoadJob.Fallback.LATEST) {
      Map<Integer, Long> stored = Positions.stored(kadb, source());
      for (var bound : Positions.bounds(kadb, source(), partitions).entrySet()) {
        if (!stored.containsKey(bound.getKey())) {
          Positions.set(kadb, source(), bound.getKey(), bound.getValue().end());
        }
      }
    }
  }

  /**
   * Takes a batch, in a transaction that is left open.
   *
   * @param withSqlAfter whether the job's SQL after batches belongs to this one
   */
  LoadedBatch batch(LoadWatch watch, boolean withSqlAfter) throws SQLException {
    BatchSql batchSql = sql == null ? plan() : sql;
    if (batchSql.isStaged()) {
      inWarehouse(List.of(batchSql.stage().orElseThrow()));
    }
    LoadedBatch batch = loads.insert(batchSql.insert(), "pg." + job.target().table(), watch);
    if (batch.isEmpty()) {
      return batch;
    }
    refused = batch;
    inWarehouse(batchSql.statements());
    if (withSqlAfter && job.afterBatches().isPresent()) {
      refused = null;
      inWarehouse(List.of(job.afterBatches().get().sql()));
      refused = batch;
    }
    return batch;
  }

  /** Commits a batch; deferred constraints may refuse its rows only now. */
  void commit() throws SQLException {
    kadb.commit();
    refused = null;
  }

  /** Runs statements of the warehouse in the transaction. */
  void inWarehouse(List<String> statements) throws SQLException {
    if (statements.isEmpty()) {
      return;
    }
    loads.inWarehouse(
        warehouse -> {
          try (Statement statement = warehouse.createStatement()) {
            running = statement;
            for (String each : statements) {
              statement.execute(each);
            }
            return true;
          } finally {
            running = null;
          }
        });
  }

  /**
   * Waits until no other transaction is about to store the offsets of a batch, ends the own one,
   * and returns the stored offsets.
   */
  Map<Integer, Long> awaitOffsets(LoadedBatch batch) throws SQLException {
    SourceTable table = SourceTable.get(kadb, job.source().table());
    inWarehouse(
        List.of("SELECT 1 FROM kadb.offsets WHERE ftoid = " + table.ftoid() + " FOR UPDATE"));
    for (LoadedBatch.Taken taken : batch.partitions()) {
      awaitFirst(table, taken.partition());
    }
    // Whatever the transaction has seen of them is old now.
    kadb.rollback();
    return Positions.stored(kadb, table);
  }

  /** A row that is not committed yet cannot be locked, but nobody else can add it meanwhile. */
  private void awaitFirst(SourceTable table, int partition) throws SQLException {
    try {
      inWarehouse(
          List.of(
              "INSERT INTO kadb.offsets (ftoid, prt, off) VALUES (%d, %d, 0)"
                  .formatted(table.ftoid(), partition)));
    } catch (SQLException e) {
      if (!UNIQUE.equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  /**
   * Ends the transaction, and returns whether a stored offset is past the one given: then another
   * session has loaded what was to come next. Other partitions than those given do not count.
   */
  boolean isPast(Map<Integer, Long> positions) throws SQLException {
    SourceTable table = source;
    if (table == null) {
      return false;
    }
    kadb.rollback();
    return Positions.stored(kadb, table).entrySet().stream()
        .anyMatch(
            stored -> stored.getValue() > positions.getOrDefault(stored.getKey(), Long.MAX_VALUE));
  }

  /** Returns the batch whose rows the warehouse did not take from the temporary table, if one. */
  Optional<LoadedBatch> refused() {
    return Optional.ofNullable(refused);
  }

  /** Returns the source; {@link #define} has to come before. */
  SourceTable source() {
    if (source == null) {
      throw new IllegalStateException("the source is not defined yet");
    }
    return source;
  }

  /** Returns the only partitions that are read; empty for all. */
  Set<Integer> partitions() {
    return partitions;
  }

  /** Returns the job. */
  LoadJob job() {
    return job;
  }

  /** Returns the connection. */
  Connection kadb() {
    return kadb;
  }

  /** Returns what loads by the connection. */
  WarehouseLoads loads() {
    return loads;
  }

  /** Ends whatever runs, without waiting for it; nothing of the transaction stays. */
  void cancel() {
    try {
      Statement statement = running;
      if (statement != null) {
        statement.cancel();
      }
      kadb.abort(work -> new Thread(work, "kadb-load-abort").start());
    } catch (SQLException e) {
      // It is broken already, which ends the transaction just as well.
      return;
    }
  }

  @Override
  public void close() {
    try {
      kadb.close();
    } catch (SQLException e) {
      // What was not committed is lost with the connection, whatever it says.
      return;
    }
  }
}
