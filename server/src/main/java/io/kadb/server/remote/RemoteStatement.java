package io.kadb.server.remote;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a remote client, plain or prepared, and its last run. Any thread may cancel or
 * close it; other calls take turns.
 */
final class RemoteStatement {
  private final int id;
  private final Connection connection;
  private final RemoteStyle style;
  private final ReentrantLock turn = new ReentrantLock();
  private final UseClock use = new UseClock();

  /** What runs or ran last: the prepared statement, or that of a batch of texts. */
  private volatile @Nullable Statement current;

  private volatile @Nullable OpenResult result;
  private volatile boolean closed;
  private String sql = "";
  private long maxRows;
  private int queryTimeoutSeconds;
  private int frameRows;

  RemoteStatement(int id, Connection connection, RemoteStyle style) {
    this.id = id;
    this.connection = connection;
    this.style = style;
    this.queryTimeoutSeconds = style.queryTimeoutSeconds();
    this.frameRows = style.frameRows();
  }

  int id() {
    return id;
  }

  UseClock use() {
    return use;
  }

  /** Sets what applies to later runs. */
  void settings(@Nullable Integer timeoutSeconds, @Nullable Long rows, @Nullable Integer frame) {
    turn.lock();
    try {
      queryTimeoutSeconds = timeoutSeconds == null ? queryTimeoutSeconds : timeoutSeconds;
      maxRows = rows == null ? maxRows : rows;
      frameRows = frame == null ? frameRows : frame;
    } finally {
      turn.unlock();
    }
  }

  /** Makes this the statement of a text. */
  Meta.Signature prepare(String text) throws SQLException {
    turn.lock();
    try {
      endRun();
      closeCurrent();
      PreparedStatement made = connection.prepareStatement(text);
      current = made;
      sql = text;
      checkOpen();
      return signature(made);
    } finally {
      turn.unlock();
    }
  }

  private Meta.Signature signature(PreparedStatement made) throws SQLException {
    ResultSetMetaData columns = made.getMetaData();
    return columns == null
        ? Meta.Signature.create(List.of(), sql, Parameters.of(made), Meta.CursorFactory.LIST, null)
        : style.columns(columns).signature(sql, Parameters.of(made));
  }

  /**
   * Runs the statement.
   *
   * @param run what to run, with which limits
   */
  StatementAnswer execute(StatementRun run) throws SQLException {
    turn.lock();
    try {
      if (run.text() != null) {
        prepare(run.text());
      } else {
        endRun();
      }
      PreparedStatement made = needPrepared();
      if (run.text() == null) {
        Parameters.set(made, run.parameters());
      }
      return start(made, run);
    } finally {
      turn.unlock();
    }
  }

  private StatementAnswer start(PreparedStatement made, StatementRun run) throws SQLException {
    checkOpen();
    made.clearWarnings();
    made.setLargeMaxRows(least(maxRows, run.maxRows()));
    made.setQueryTimeout((int) least(queryTimeoutSeconds, style.mostSeconds()));
    ResultSetMetaData known = made.getMetaData();
    OpenResult started =
        new OpenResult(
            made,
            run.wanted(),
            known == null ? null : style.columns(known),
            style::columns,
            style.limits(),
            style.metrics());
    started.wantFrames(run.frameRows() > 0 ? run.frameRows() : frameRows);
    result = started;
    style.producers().execute(started);
    if (closed) {
      abandon("the statement was closed");
    }
    OptionalLong count = started.updateCount();
    style.metrics().count(Metric.STATEMENTS, count.isPresent() ? "update" : "query", 1);
    if (count.isPresent()) {
      return StatementAnswer.count(count.getAsLong());
    }
    ResultFrame first = started.frame(0, run.carrier());
    return StatementAnswer.rows(started.columns().signature(sql, List.of()), first);
  }

  /** Returns the smaller of two limits; 0 is none. */
  private static long least(long one, long other) {
    return one <= 0 ? Math.max(0, other) : other <= 0 ? one : Math.min(one, other);
  }

  /** Runs a batch of texts. */
  long[] executeBatch(List<String> texts) throws SQLException {
    turn.lock();
    try {
      endRun();
      closeCurrent();
      Statement batch = connection.createStatement();
      current = batch;
      checkOpen();
      batch.setQueryTimeout((int) least(queryTimeoutSeconds, style.mostSeconds()));
      for (String text : texts) {
        batch.addBatch(text);
      }
      style.metrics().count(Metric.STATEMENTS, "batch", 1);
      return batch.executeLargeBatch();
    } finally {
      turn.unlock();
    }
  }

  /** Runs the prepared statement once for each list of parameters. */
  long[] executeBatchOf(List<List<TypedValue>> rows) throws SQLException {
    turn.lock();
    try {
      endRun();
      PreparedStatement made = needPrepared();
      made.setQueryTimeout((int) least(queryTimeoutSeconds, style.mostSeconds()));
      made.clearBatch();
      for (List<TypedValue> row : rows) {
        Parameters.set(made, new ArrayList<>(row));
        made.addBatch();
      }
      style.metrics().count(Metric.STATEMENTS, "batch", 1);
      return made.executeLargeBatch();
    } finally {
      turn.unlock();
    }
  }

  /** Returns a frame of the open result. */
  ResultFrame fetch(long offset, int rows, Carrier carrier) throws SQLException {
    OpenResult open = result;
    if (open == null) {
      throw RemoteErrors.noStatement("the statement has no open result");
    }
    open.wantFrames(rows);
    return open.frame(offset, carrier);
  }

  /** Returns whether a request for a frame asks for the last one again. */
  boolean isRepeat(long offset) {
    OpenResult open = result;
    return open != null && open.isRepeat(offset);
  }

  /** Ends the open result well, if there is one. */
  void confirm() throws SQLException {
    OpenResult open = result;
    if (open != null) {
      open.confirm();
      result = null;
    }
  }

  /**
   * Ends the open result if the client was given all of it: well, unless that may have got lost.
   *
   * @throws SQLException if it was given up or the offsets could not be moved: whoever holds its
   *     rows has to hear that they do not count
   */
  void confirmIfDelivered(Carrier now) throws SQLException {
    OpenResult open = result;
    if (open == null || !open.isDelivered()) {
      return;
    }
    if (open.mayBeLost(now)) {
      abandon("the socket broke that the last rows were sent by");
      throw RemoteErrors.mayBeLost();
    }
    open.confirm();
  }

  /** Gives the open result up, if there is one. */
  void abandon(String why) {
    OpenResult open = result;
    if (open != null) {
      open.abandon(RemoteErrors.noStatement(why));
    }
  }

  /** Gives up a result that nobody asked about for long. */
  boolean abandonIfIdle(Duration idle) {
    OpenResult open = result;
    if (open == null || !open.isOpen() || !use.isIdleFor(idle)) {
      return false;
    }
    abandon("the result was given up after " + idle.toSeconds() + " s without a request for it");
    return true;
  }

  /** Returns whether rows of this statement are on their way. */
  boolean hasOpenResult() {
    OpenResult open = result;
    return open != null && open.isOpen();
  }

  /** Ends what runs or is open, from any thread, and waits until it has gone. */
  void giveUp(String why) {
    abandon(why);
    try {
      cancel();
    } catch (SQLException e) {
      // A statement that is closed does not run for long.
    }
  }

  /** Cancels what runs, from any thread. */
  void cancel() throws SQLException {
    Statement present = current;
    if (present != null && !present.isClosed()) {
      present.cancel();
    }
  }

  /** Returns what the last run had to say; empty if there is nothing. */
  @Nullable SQLWarning warnings() throws SQLException {
    Statement present = current;
    return present == null || present.isClosed() ? null : present.getWarnings();
  }

  void clearWarnings() throws SQLException {
    Statement present = current;
    if (present != null && !present.isClosed()) {
      present.clearWarnings();
    }
  }

  /** Gives up the open result and closes the statement, from any thread. */
  void close() throws SQLException {
    closed = true;
    abandon("the statement was closed");
    turn.lock();
    try {
      endRun();
      closeCurrent();
    } finally {
      turn.unlock();
    }
  }

  private void endRun() {
    abandon("the statement was run again or closed");
    result = null;
  }

  private void closeCurrent() throws SQLException {
    Statement old = current;
    current = null;
    if (old != null) {
      old.close();
    }
  }

  private PreparedStatement needPrepared() throws SQLException {
    if (current instanceof PreparedStatement present) {
      return present;
    }
    throw RemoteErrors.noStatement("the statement was not prepared");
  }

  private void checkOpen() throws SQLException {
    if (closed) {
      throw RemoteErrors.noStatement("the statement was closed");
    }
  }
}
