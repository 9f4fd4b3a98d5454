package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.type.ColumnType;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query. It reads one row ahead, so that while the client stands on the last row it
 * is known to be the last; an error met while reading ahead is kept until its row is asked for.
 */
final class QueryRows implements Rows {
  private final SessionState session;
  private final StatementRun run;
  private final PlannedQuery query;
  private final StatementScope scope;
  private final Enumerator<@Nullable Object> rows;
  private final ColumnType[] types;
  private final boolean exactTimes;
  private @Nullable Object current;
  private @Nullable Object ahead;
  private boolean hasAhead;
  private @Nullable RuntimeException failure;
  private Runnable onEnd = () -> {};
  private boolean ended;
  private boolean closed;

  private QueryRows(
      SessionState session,
      StatementRun run,
      PlannedQuery query,
      StatementScope scope,
      Enumerator<@Nullable Object> rows) {
    this.session = session;
    this.run = run;
    this.query = query;
    this.scope = scope;
    this.rows = rows;
    this.types = query.columns().stream().map(ResultColumn::type).toArray(ColumnType[]::new);
    this.exactTimes = query.exactTimes();
  }

  /** Starts a query. */
  static QueryRows open(
      SessionState session,
      RunControl control,
      PlannedQuery query,
      List<@Nullable Object> parameters) {
    StatementRun run =
        new StatementRun(
            session,
            control,
            query,
            ParameterValues.toEngine(query.parameters(), parameters, query.exactTimes()));
    if (query.readsWarehouse() || query.callsFunctions() || !query.scans().isEmpty()) {
      session.checkStoreFree();
    }
    if (query.readsWarehouse()) {
      session.checkNothingConsumes();
    }
    StatementScope scope = StatementScope.begin(session, query.readsWarehouse());
    if (query.readsWarehouse()) {
      control.onCancel(session.storeSession()::abort);
    }
    try {
      QueryRows opened =
          new QueryRows(session, run, query, scope, query.compiled().bind(run).enumerator());
      session.opened(opened);
      opened.readAhead();
      opened.throwFailure();
      scope.reading();
      return opened;
    } catch (RuntimeException | Error e) {
      run.close();
      KadbException translated = EngineErrors.translate(e, control);
      scope.fail(translated);
      throw translated;
    }
  }

  @Override
  public List<ResultColumn> columns() {
    return query.columns();
  }

  @Override
  public boolean next() {
    checkOpen();
    throwFailure();
    if (!hasAhead) {
      current = null;
      finish();
      return false;
    }
    current = ahead;
    readAhead();
    return true;
  }

  private void readAhead() {
    try {
      run.control().check();
      hasAhead = rows.moveNext();
      ahead = hasAhead ? rows.current() : null;
      ended = !hasAhead;
    } catch (RuntimeException | Error e) {
      hasAhead = false;
      failure = EngineErrors.translate(e, run.control());
    }
  }

  private void throwFailure() {
    if (failure != null) {
      RuntimeException thrown = failure;
      end(() -> scope.fail(thrown));
      throw thrown;
    }
  }

  private void checkOpen() {
    if (closed && !ended) {
      throw new KadbException(ErrorCode.CONNECTION_CLOSED, "the result is closed");
    }
  }

  /** Moves offsets, once, when the plan has ended and its last row was handed out. */
  private void finish() {
    if (closed) {
      return;
    }
    closed = true;
    session.closed(this);
    try {
      run.control().onCancel(session.storeSession()::abort);
      run.succeed();
      rows.close();
      run.close();
      scope.succeed();
    } catch (RuntimeException | Error e) {
      run.close();
      KadbException translated = EngineErrors.translate(e, run.control());
      scope.fail(translated);
      throw translated;
    } finally {
      onEnd.run();
    }
  }

  /** Has an action run when the rows have ended, however that is. */
  void onEnd(Runnable action) {
    onEnd = action;
  }

  @Override
  public @Nullable Object value(int column) {
    if (current == null && types.length > 1) {
      throw new NoSuchElementException("not on a row");
    }
    Object value = types.length == 1 ? current : ((Object[]) current)[column];
    return EngineValues.toClient(value, types[column], exactTimes);
  }

  @Override
  public boolean atEnd() {
    return ended;
  }

  /** Returns whether the rows come from tables of the warehouse. */
  boolean readsWarehouse() {
    return query.readsWarehouse();
  }

  @Override
  public void close() {
    if (ended && failure == null) {
      finish();
    } else {
      abandon();
    }
  }

  @Override
  public void abandon() {
    end(scope::abandon);
  }

  private void end(Runnable endOfScope) {
    if (closed) {
      return;
    }
    closed = true;
    session.closed(this);
    try {
      rows.close();
    } finally {
      onEnd.run();
      run.close();
      endOfScope.run();
    }
  }
}
