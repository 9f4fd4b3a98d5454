package io.kadb.driver.wire;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import io.kadb.driver.value.ColumnShape;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement as the server knows it, plain or prepared, and its result. One thread runs it; any
 * may cancel.
 */
public final class ServerStatement {
  private static final int WARNINGS_ONLY = 0;

  private final Session session;
  private final int id;
  private final List<ColumnShape> columns;
  private final List<ColumnShape> parameters;
  private StatementLimits sent = StatementLimits.NONE;

  private ServerStatement(
      Session session, int id, List<ColumnShape> columns, List<ColumnShape> parameters) {
    this.session = session;
    this.id = id;
    this.columns = columns;
    this.parameters = parameters;
  }

  /** Makes a statement that runs any text. */
  public static ServerStatement create(Session session) throws SQLException {
    Fields answer =
        session
            .request(Fields.with("request", "createStatement").and("connectionId", session.id()))
            .fields();
    return new ServerStatement(
        session, answer.integer("statementId"), Collections.emptyList(), Collections.emptyList());
  }

  /** Prepares a text. */
  public static ServerStatement prepare(Session session, String sql) throws SQLException {
    Fields request =
        Fields.with("request", "prepare")
            .and("connectionId", session.id())
            .and("sql", sql)
            .and("maxRowCount", -1);
    Fields statement =
        Session.required(session.request(request).fields().object("statement"), "a statement");
    Fields signature = statement.object("signature");
    return new ServerStatement(
        session,
        statement.integer("id"),
        signature == null ? Collections.emptyList() : Columns.columns(signature.array("columns")),
        signature == null
            ? Collections.emptyList()
            : Columns.parameters(signature.array("parameters")));
  }

  /** Returns the columns of a prepared query; none for other statements. */
  public List<ColumnShape> columns() {
    return columns;
  }

  /** Returns the parameters of a prepared statement. */
  public List<ColumnShape> parameters() {
    return parameters;
  }

  /** Runs a text. */
  public Outcome execute(String sql, Expected expected, StatementLimits limits)
      throws SQLException {
    sendLimits(limits);
    Fields request =
        Fields.with("request", "prepareAndExecute")
            .and("connectionId", session.id())
            .and("statementId", id)
            .and("sql", sql)
            .and("maxRowsInFirstFrame", limits.frameRows())
            .and("maxRowCount", limits.maxRows() == 0 ? -1 : limits.maxRows());
    return outcome(session.request(request, expected.headers()));
  }

  /** Runs the prepared text. */
  public Outcome execute(List<@Nullable Object> values, Expected expected, StatementLimits limits)
      throws SQLException {
    sendLimits(limits);
    Fields handle = Fields.with("connectionId", session.id()).and("id", id).and("signature", null);
    Fields request =
        Fields.with("request", "execute")
            .and("statementHandle", handle.asMap())
            .and("parameterValues", typed(values))
            // So Avatica calls the number of rows in the first frame.
            .and("maxRowCount", limits.frameRows());
    return outcome(session.request(request, expected.headers()));
  }

  /** Runs texts one after the other. */
  public long[] executeBatch(List<String> texts, StatementLimits limits) throws SQLException {
    sendLimits(limits);
    return batch(
        Fields.with("request", "prepareAndExecuteBatch")
            .and("connectionId", session.id())
            .and("statementId", id)
            .and("sqlCommands", texts));
  }

  /** Runs the prepared text once for each list of values. */
  public long[] executeValueBatch(List<List<@Nullable Object>> batch, StatementLimits limits)
      throws SQLException {
    sendLimits(limits);
    List<Object> all = new ArrayList<>();
    for (List<@Nullable Object> values : batch) {
      all.add(typed(values));
    }
    return batch(
        Fields.with("request", "executeBatch")
            .and("connectionId", session.id())
            .and("statementId", id)
            .and("parameterValues", all));
  }

  private long[] batch(Fields request) throws SQLException {
    Fields answer = session.request(request, Expected.COUNT.headers()).fields();
    refuseIfMissing(answer);
    return Batches.counts(answer.array("updateCounts"));
  }

  /**
   * Fetches the next rows of the result. They may be none although more follow: so the server says
   * that it is still there.
   *
   * @param offset the number of rows fetched so far
   * @param rows the most rows to fetch
   */
  public Fetched fetch(long offset, int rows) throws SQLException {
    Fields request =
        Fields.with("request", "fetch")
            .and("connectionId", session.id())
            .and("statementId", id)
            .and("offset", offset)
            .and("fetchMaxRowCount", rows);
    Session.Answer answer = session.request(request);
    refuseIfMissing(answer.fields());
    Fields frame = Session.required(answer.fields().object("frame"), "a frame");
    return new Fetched(Frame.read(frame, offset), answer.hasWarnings());
  }

  /** A frame, and whether the server has warnings to tell. */
  public static final class Fetched {
    public final Frame frame;
    public final boolean warnings;

    Fetched(Frame frame, boolean warnings) {
      this.frame = frame;
      this.warnings = warnings;
    }
  }

  /**
   * Tells the server that the program has got the last row of the result, which thereby succeeds.
   *
   * @return whether the server has warnings to tell
   */
  public boolean confirm() throws SQLException {
    return session.call("/kadb/end", handle()).hasWarnings();
  }

  /** Tells the server that nobody wants the rest of the result: nothing moves. */
  public void abandon() throws SQLException {
    session.call("/kadb/end", handle().and("abandon", true));
  }

  /** Cancels what runs, from any thread. */
  public void cancel() throws SQLException {
    session.callBeside("/kadb/cancel", handle(), session.networkTimeoutMillis());
  }

  /** Fetches the warnings that have arisen since the last time. */
  public List<SQLWarning> takeWarnings() throws SQLException {
    return WarningsAnswer.read(
        session.call("/kadb/warnings", handle().and("clear", true)).fields());
  }

  /** Forgets the statement; a result that is still open is abandoned. */
  public void close() throws SQLException {
    session.request(
        Fields.with("request", "closeStatement")
            .and("connectionId", session.id())
            .and("statementId", id));
  }

  private void sendLimits(StatementLimits limits) throws SQLException {
    if (!limits.sameAtServer(sent)) {
      session.call(
          "/kadb/options",
          handle()
              .and("queryTimeout", limits.queryTimeoutSeconds())
              .and("maxRows", limits.maxRows())
              .and("fetchSize", limits.frameRows()));
      sent = limits;
    }
  }

  private Fields handle() {
    return Fields.with("connectionId", session.id()).and("statementId", id);
  }

  private static Outcome outcome(Session.Answer answer) throws SQLException {
    refuseIfMissing(answer.fields());
    @Nullable Object[] results = answer.fields().array("results");
    if (results.length == 0) {
      return Outcome.count(WARNINGS_ONLY, answer.hasWarnings());
    }
    Fields result = Fields.of(results[0]);
    Fields signature = result.object("signature");
    long count = result.number("updateCount");
    if (count != -1 || signature == null) {
      return Outcome.count(Math.max(0, count), answer.hasWarnings());
    }
    Fields frame = result.object("firstFrame");
    return Outcome.rows(
        Columns.columns(signature.array("columns")),
        frame == null ? null : Frame.read(frame, 0),
        answer.hasWarnings());
  }

  /** A statement that the server lost is never run again by itself: rows would come twice. */
  private static void refuseIfMissing(Fields answer) throws SQLException {
    if (answer.isTrue("missingStatement") || answer.isTrue("missingResults")) {
      throw SqlExceptions.of(
          "the server does not know this statement or its result any more",
          States.NO_SUCH_STATEMENT);
    }
  }

  private static List<Map<String, @Nullable Object>> typed(List<@Nullable Object> values) {
    List<Map<String, @Nullable Object>> typed = new ArrayList<>();
    for (Object value : values) {
      typed.add(Fields.with("type", rep(value)).and("value", value).asMap());
    }
    return typed;
  }

  private static String rep(@Nullable Object value) {
    if (value instanceof Boolean) {
      return "BOOLEAN";
    }
    if (value instanceof Long) {
      return "LONG";
    }
    if (value instanceof Double) {
      return "DOUBLE";
    }
    return value == null ? "OBJECT" : "STRING";
  }
}
