package io.kadb.sql;

import io.kadb.load.CopyRows;
import io.kadb.load.LoadWatch;
import io.kadb.load.LoadedBatch;
import io.kadb.option.Option;
import io.kadb.scan.RowBatch;
import io.kadb.store.OffsetChange;
import io.kadb.store.StoreSession;
import io.kadb.type.ColumnType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/** Runs INSERT, UPDATE and DELETE in the session's transaction. */
final class DmlRunner {
  /** Portions of COPY between which the plan may read the store as well. */
  private static final int CHUNK_BYTES = 8 << 20;

  private static final Duration LOCK_WAIT = Duration.ofSeconds(2);

  private final SessionState session;
  private final RunControl control;

  DmlRunner(SessionState session, RunControl control) {
    this.session = session;
    this.control = control;
  }

  /** Runs a statement and returns the number of rows it wrote. */
  long run(DmlPlan plan, List<@Nullable Object> parameters) {
    session.checkWritable("this statement");
    session.checkStoreFree();
    control.onCancel(session.storeSession()::abort);
    AtomicLong count = new AtomicLong();
    if (plan instanceof DmlPlan.WarehouseInsert insert) {
      WarehouseTarget target = new WarehouseTarget(insert.target(), LoadWatch.NOBODY);
      session
          .transaction()
          .inStore(() -> count.set(insert(insert, parameters, target).rowsWritten()));
    } else if (plan.source().readsWarehouse()) {
      session.transaction().inStore(() -> count.set(outsideWarehouse(plan, parameters)));
    } else {
      count.set(outsideWarehouse(plan, parameters));
    }
    return count.get();
  }

  private long outsideWarehouse(DmlPlan plan, List<@Nullable Object> parameters) {
    return plan instanceof DmlPlan.TopicInsert insert
        ? write(insert, parameters)
        : change(plan, parameters);
  }

  private long write(DmlPlan.TopicInsert insert, List<@Nullable Object> parameters) {
    StatementRun run = start(insert.source(), parameters);
    try {
      insert.table().options().warnings().forEach(control::add);
      TopicRows rows =
          new TopicRows(insert, new DefaultValues(control.startedMillis(), session.user()));
      forEachRow(run, insert.source(), row -> run.messages().add(rows.topic(), rows.message(row)));
      run.succeed();
      return rows.count();
    } catch (RuntimeException | Error e) {
      throw EngineErrors.translate(e, control);
    } finally {
      run.close();
    }
  }

  /** Runs an INSERT into the warehouse, in the session's transaction. */
  LoadedBatch load(DmlPlan.WarehouseInsert insert, WarehouseTarget target) {
    session.checkWritable("this statement");
    session.checkStoreFree();
    control.onCancel(session.storeSession()::abort);
    AtomicReference<@Nullable LoadedBatch> loaded = new AtomicReference<>();
    session.transaction().inStore(() -> loaded.set(insert(insert, List.of(), target)));
    return Objects.requireNonNull(loaded.get());
  }

  private LoadedBatch insert(
      DmlPlan.WarehouseInsert insert, List<@Nullable Object> parameters, WarehouseTarget target) {
    PlannedQuery source = insert.source();
    List<ColumnType> types = source.columns().stream().map(ResultColumn::type).toList();
    boolean connectionToItself =
        source.scans().size() == 1
            && source.scans().stream().noneMatch(scan -> scan.table().ofRejects())
            && !source.hasOtherLeaves()
            && !source.callsFunctions();
    OptionalInt chunks = connectionToItself ? OptionalInt.empty() : OptionalInt.of(CHUNK_BYTES);
    StoreSession store = session.storeSession();
    try (CopyRows copy =
        new CopyRows(store, insert.table(), insert.columns(), types, chunks, target.watch())) {
      LoadJournal journal = new LoadJournal(store);
      StatementRun run = start(source, parameters);
      run.count();
      try {
        if (insert.copied().isPresent()) {
          copyBatches(run, insert.copied().get(), copy);
        } else {
          copyRows(run, source, copy);
        }
        long written = copy.finish();
        run.succeed();
        return journal.write(target.name(), run.batches(), written);
      } finally {
        run.close();
      }
    } catch (RuntimeException | Error e) {
      throw EngineErrors.translate(e, control);
    }
  }

  /** The segments have written the rows as COPY takes them. */
  private void copyBatches(StatementRun run, ScanSpec scan, CopyRows copy) {
    copy.trace(topic(scan));
    ScanEnumerator reader = run.openCopied(scan);
    for (RowBatch batch = reader.nextBatch(); batch != null; batch = reader.nextBatch()) {
      control.check();
      copy.batch(batch);
    }
  }

  private void copyRows(StatementRun run, PlannedQuery source, CopyRows copy) {
    Optional<ScanSpec> scan = source.rowByRow();
    if (scan.isEmpty()) {
      forEachRow(run, source, copy::row);
      return;
    }
    copy.trace(topic(scan.get()));
    forEachRow(
        run,
        source,
        row -> {
          run.batches().forEach(batch -> batch.tellMessage(copy::from));
          copy.row(row);
        });
  }

  private static String topic(ScanSpec scan) {
    return scan.table().options().text(Option.TOPIC);
  }

  private StatementRun start(PlannedQuery source, List<@Nullable Object> parameters) {
    return new StatementRun(
        session,
        control,
        source,
        ParameterValues.toEngine(source.parameters(), parameters, source.exactTimes()));
  }

  private void forEachRow(
      StatementRun run, PlannedQuery source, Consumer<@Nullable Object[]> consumer) {
    List<ColumnType> types = source.columns().stream().map(ResultColumn::type).toList();
    try (Enumerator<@Nullable Object> rows = source.compiled().bind(run).enumerator()) {
      while (rows.moveNext()) {
        control.check();
        Object current = rows.current();
        Object[] values = types.size() == 1 ? new Object[] {current} : (Object[]) current;
        @Nullable Object[] row = new Object[types.size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = EngineValues.toClient(values[i], types.get(i), source.exactTimes());
        }
        consumer.accept(row);
      }
    }
  }

  private long change(DmlPlan plan, List<@Nullable Object> parameters) {
    StatementRun run = start(plan.source(), parameters);
    try {
      List<@Nullable Object[]> rows = new ArrayList<>();
      forEachRow(run, plan.source(), rows::add);
      boolean rejects = plan instanceof DmlPlan.RejectsDelete;
      List<OffsetChange> changes =
          rejects
              ? run.moves()
              : new OffsetChanges(session.transaction()).of(plan, rows, run.moves());
      RejectChanges removed = rejects ? RejectChanges.removing(rows) : RejectChanges.NONE;
      run.messages()
          .succeed(
              changes,
              run.rejects().and(removed),
              run.lockWait().compareTo(LOCK_WAIT) > 0 ? run.lockWait() : LOCK_WAIT);
      run.commitToGroups();
      return rows.size();
    } catch (RuntimeException | Error e) {
      throw EngineErrors.translate(e, control);
    } finally {
      run.close();
    }
  }
}
