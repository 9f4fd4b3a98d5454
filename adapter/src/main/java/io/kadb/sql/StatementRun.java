package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.option.Option;
import io.kadb.scan.MessageCondition;
import io.kadb.scan.PartitionPredicate;
import io.kadb.scan.ScanMode;
import io.kadb.scan.ScanPlan;
import io.kadb.store.OffsetChange;
import io.kadb.store.OffsetRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/**
 * One run of a planned query in a session: the engine's context, the batches it reads, and the
 * moves of offsets when it succeeds.
 */
final class StatementRun implements DataContext, ScanHost {
  private final SessionState session;
  private final RunControl control;
  private final PlannedQuery query;
  private final List<@Nullable Object> parameters;
  private final Map<Long, TableBatch> batches = new HashMap<>();
  private final Map<Long, RejectRetry> retries = new HashMap<>();
  private final Set<Long> consuming = new HashSet<>();
  private final OffsetFunctionCalls functions;
  private final StatementMessages messages;
  private final Map<ViewSpec, List<@Nullable Object[]>> viewRows = new HashMap<>();
  private boolean counting;

  /**
   * Creates a run.
   *
   * @param parameters the parameters' values as the engine takes them
   */
  StatementRun(
      SessionState session,
      RunControl control,
      PlannedQuery query,
      List<@Nullable Object> parameters) {
    this.session = session;
    this.control = control;
    this.functions = new OffsetFunctionCalls(session, control);
    this.messages = new StatementMessages(session, control);
    this.query = query;
    this.parameters = parameters;
    query.notices().forEach(control::add);
  }

  /** Returns the run whose context this is. */
  static StatementRun of(DataContext context) {
    if (context instanceof StatementRun run) {
      return run;
    }
    throw new KadbException(ErrorCode.UNSUPPORTED, "only connections of jdbc:kadb: can do this");
  }

  @Override
  public Enumerable<@Nullable Object[]> open(ScanSpec spec, DataContext context) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<@Nullable Object[]> enumerator() {
        return spec.table().ofRejects()
            ? retry(spec.table()).open(spec)
            : batch(spec.table()).open(spec);
      }
    };
  }

  /** Opens a reading past the engine. */
  ScanEnumerator openCopied(ScanSpec spec) {
    return batch(spec.table()).open(spec);
  }

  private RejectRetry retry(KafkaTable table) {
    session.checkWritable("kadb." + RetryRejects.NAME);
    return retries.computeIfAbsent(
        table.definition().ftoid(),
        ftoid ->
            new RejectRetry(
                table,
                control,
                session.user(),
                session.transaction().rejects(ftoid),
                session.storeSession().rejects()::read));
  }

  /** Returns the scans of the plan that read Kafka. */
  private Stream<ScanSpec> scans() {
    return query.scans().stream().filter(spec -> !spec.table().ofRejects());
  }

  private TableBatch batch(KafkaTable table) {
    long ftoid = table.definition().ftoid();
    TableBatch batch = batches.get(ftoid);
    if (batch == null) {
      batch = plan(table);
      if (counting) {
        batch.count();
      }
      batches.put(ftoid, batch);
    }
    return batch;
  }

  private TableBatch plan(KafkaTable table) {
    long ftoid = table.definition().ftoid();
    ScanMode mode = mode(table);
    if (mode == ScanMode.CONSUME) {
      session.beginConsuming(ftoid, table.definition().name().toString());
      consuming.add(ftoid);
    }
    TableReading reading =
        new TableReading(table, mode, control, session.clients(), session.user());
    ContextParameters scanParameters = new ContextParameters(this);
    List<ScanSpec> specs = scans().filter(s -> s.table().definition().ftoid() == ftoid).toList();
    ScanPlan plan =
        reading.plan(
            wanted(specs),
            MessageCondition.anyOf(specs.stream().map(ScanSpec::messages).toList()),
            scanParameters,
            mode.fromStoredOffsets() ? session.transaction().offsets(ftoid) : new TreeMap<>());
    boolean readAgain = specs.size() > 1 || query.readsAgain();
    return new TableBatch(reading, plan, scanParameters, readAgain);
  }

  private ScanMode mode(KafkaTable table) {
    return session.effectiveMode(table);
  }

  private static PartitionPredicate wanted(List<ScanSpec> specs) {
    List<PartitionPredicate> each = specs.stream().map(ScanSpec::partitions).distinct().toList();
    return each.size() == 1
        ? each.get(0)
        : each.contains(PartitionPredicate.ALL)
            ? PartitionPredicate.ALL
            : new PartitionPredicate.Or(each);
  }

  /** Moves the offsets of all tables read; called once, when the plan has run to its end. */
  void succeed() {
    messages.succeed(moves(), rejects(), lockWait());
    commitToGroups();
  }

  /** Returns what this run writes to topics. */
  StatementMessages messages() {
    return messages;
  }

  /** Commits to consumer groups what the functions called say; to be called after the moves. */
  void commitToGroups() {
    session.transaction().commitToGroups(functions.groupCommits(), control::unwanted);
  }

  /** Returns what this run does to stored offsets, by reading tables and by calling functions. */
  List<OffsetChange> moves() {
    List<OffsetChange> changes = new ArrayList<>();
    Set<Long> limited = query.limitedTables();
    Map<Long, ScanSpec> scans = new LinkedHashMap<>();
    scans().forEach(spec -> scans.put(spec.table().definition().ftoid(), spec));
    scans.forEach(
        (ftoid, spec) -> {
          boolean partly = limited.contains(ftoid);
          TableBatch batch = partly ? batches.get(ftoid) : consumed(spec.table());
          if (batch != null) {
            changes.addAll(batch.moves(partly, spec));
          }
        });
    changes.addAll(functions.changes());
    return OffsetChanges.folded(changes);
  }

  /**
   * Returns what this run does to rejected messages, and warns of them; to be called after {@link
   * #moves}.
   */
  RejectChanges rejects() {
    List<RejectChanges.Added> added = new ArrayList<>();
    batches.forEach(
        (ftoid, batch) -> {
          Rejects rejects = batch.rejects();
          rejects.warning().ifPresent(control::add);
          if (!rejects.kept().isEmpty()) {
            added.add(new RejectChanges.Added(ftoid, rejects.kept()));
          }
        });
    Set<Long> given = new HashSet<>();
    for (RejectRetry retry : retries.values()) {
      retry.warning().ifPresent(control::add);
      if (session.scanMode().orElse(ScanMode.CONSUME) == ScanMode.CONSUME) {
        given.addAll(retry.given());
      }
    }
    return new RejectChanges(added, given);
  }

  /** A join that finds one of its inputs empty may never have opened the other. */
  private @Nullable TableBatch consumed(KafkaTable table) {
    return mode(table) == ScanMode.CONSUME ? batch(table) : null;
  }

  /** Returns how long another session's lock on these offsets may be waited for. */
  Duration lockWait() {
    Duration lockWait = functions.lockWait();
    for (TableBatch batch : batches.values()) {
      Duration latency = batch.reading().options().duration(Option.LATENCY_MS);
      lockWait = latency.compareTo(lockWait) > 0 ? latency : lockWait;
    }
    return lockWait;
  }

  /** Returns the functions that this run calls. */
  OffsetFunctionCalls functions() {
    return functions;
  }

  /** Ends all readings; a second call does nothing. */
  void close() {
    batches.values().forEach(TableBatch::close);
    messages.close();
    session.endConsuming(consuming);
    consuming.clear();
    control.ended();
  }

  /** Has what is taken of each partition counted; to be called before anything is read. */
  void count() {
    counting = true;
  }

  /** Returns what was read of foreign tables so far. */
  Collection<TableBatch> batches() {
    return batches.values();
  }

  /** Returns the rows of a system view; the same however often the plan reads them. */
  List<@Nullable Object[]> viewRows(ViewSpec spec) {
    List<@Nullable Object[]> rows = viewRows.get(spec);
    if (rows == null) {
      rows = spec.rows(this);
      viewRows.put(spec, rows);
    }
    return rows;
  }

  SessionState session() {
    return session;
  }

  RunControl control() {
    return control;
  }

  /** Returns the stored offsets as the session's transaction sees them. */
  List<OffsetRow> offsets() {
    return session.transaction().offsets();
  }

  /** Returns the OID of the foreign table of this name, as written in SQL. */
  long tableOid(String name) {
    return TableNames.find(name, session.storeSession().catalog().read(), session.schema()).ftoid();
  }

  /** Returns the name of the foreign table of this name or OID, as a statement would write it. */
  String tableName(Object table) {
    return TableNames.written(table, session.storeSession().catalog().read(), session.schema());
  }

  @Override
  public SchemaPlus getRootSchema() {
    return query.schema().plus();
  }

  @Override
  public JavaTypeFactory getTypeFactory() {
    return EngineTypes.factory();
  }

  @Override
  public QueryProvider getQueryProvider() {
    throw new UnsupportedOperationException("queries in linq4j");
  }

  @Override
  public @Nullable Object get(String name) {
    if (name.startsWith("?")) {
      return parameters.get(Integer.parseInt(name.substring(1)));
    }
    Object stashed = query.stash().get(name);
    return stashed != null ? stashed : variable(name);
  }

  private @Nullable Object variable(String name) {
    for (Variable variable : Variable.values()) {
      if (variable.camelName.equals(name)) {
        return switch (variable) {
          case UTC_TIMESTAMP, CURRENT_TIMESTAMP, LOCAL_TIMESTAMP -> control.startedMillis();
          case TIME_ZONE -> TimeZone.getTimeZone("UTC");
          case LOCALE -> Locale.ROOT;
          case USER, SYSTEM_USER -> session.user();
          case CANCEL_FLAG -> control.cancelFlag();
          default -> null;
        };
      }
    }
    return null;
  }
}
