package io.kadb.driver.wire;

import io.kadb.driver.value.ColumnShape;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a connection asks of its server besides statements. Thread-safe. */
public final class ConnectionCalls {
  private final Session session;

  public ConnectionCalls(Session session) {
    this.session = session;
  }

  /** What a server knows of a connection's settings. */
  public static final class State {
    public final boolean autoCommit;
    public final boolean readOnly;
    public final String schema;
    public final boolean warnings;

    State(boolean autoCommit, boolean readOnly, String schema, boolean warnings) {
      this.autoCommit = autoCommit;
      this.readOnly = readOnly;
      this.schema = schema;
      this.warnings = warnings;
    }
  }

  /** Asks for the settings as they are now. */
  public State state() throws SQLException {
    return sync("connProps", "connPropsImpl");
  }

  public State setAutoCommit(boolean on) throws SQLException {
    return sync("autoCommit", on);
  }

  public State setReadOnly(boolean on) throws SQLException {
    return sync("readOnly", on);
  }

  public State setSchema(String schema) throws SQLException {
    return sync("schema", schema);
  }

  private State sync(String setting, Object value) throws SQLException {
    Fields settings =
        Fields.with("connProps", "connPropsImpl")
            .and("autoCommit", null)
            .and("readOnly", null)
            .and("transactionIsolation", null)
            .and("catalog", null)
            .and("schema", null)
            .and("dirty", !setting.equals("connProps"))
            .and(setting, value);
    Session.Answer answer =
        session.request(
            Fields.with("request", "connectionSync")
                .and("connectionId", session.id())
                .and("connProps", settings.asMap()));
    Fields known = Session.required(answer.fields().object("connProps"), "settings");
    return new State(
        known.isTrue("autoCommit"),
        known.isTrue("readOnly"),
        known.text("schema"),
        answer.hasWarnings());
  }

  /** Commits; returns whether the server has warnings to tell. */
  public boolean commit() throws SQLException {
    return simple("commit");
  }

  /** Rolls back; returns whether the server has warnings to tell. */
  public boolean rollback() throws SQLException {
    return simple("rollback");
  }

  private boolean simple(String request) throws SQLException {
    return session
        .request(Fields.with("request", request).and("connectionId", session.id()))
        .hasWarnings();
  }

  /**
   * Sets, rolls back to, or releases a savepoint: {@code set}, {@code rollback}, {@code release}.
   */
  public void savepoint(String verb, String name) throws SQLException {
    session.call(
        "/kadb/savepoint",
        Fields.with("connectionId", session.id()).and("verb", verb).and("name", name));
  }

  /** Asks whether the server still knows the connection. */
  public boolean isValid(int timeoutMillis) throws SQLException {
    Fields request = Fields.with("connectionId", session.id()).and("timeoutMillis", timeoutMillis);
    return session.callBeside("/kadb/valid", request, timeoutMillis).fields().isTrue("valid");
  }

  /** Fetches the warnings that have arisen since the last time. */
  public List<SQLWarning> takeWarnings() throws SQLException {
    return WarningsAnswer.read(
        session
            .call(
                "/kadb/warnings",
                Fields.with("connectionId", session.id())
                    .and("statementId", null)
                    .and("clear", true))
            .fields());
  }

  /**
   * Asks for metadata.
   *
   * @param call the name of a method of {@link java.sql.DatabaseMetaData}
   * @param arguments its arguments; arrays as Lists
   */
  public Metadata metadata(String call, List<@Nullable Object> arguments) throws SQLException {
    Fields answer =
        session
            .call(
                "/kadb/metadata",
                Fields.with("connectionId", session.id()).and("call", call).and("args", arguments))
            .fields();
    boolean table = answer.any("columns") != null;
    return new Metadata(
        table ? Columns.columns(answer.array("columns")) : null,
        Frame.last(answer.cells("rows")),
        answer.any("value"));
  }

  /** A value, or rows if there are columns. */
  public static final class Metadata {
    public final @Nullable List<ColumnShape> columns;
    public final Frame rows;
    public final @Nullable Object value;

    Metadata(@Nullable List<ColumnShape> columns, Frame rows, @Nullable Object value) {
      this.columns = columns;
      this.rows = rows;
      this.value = value;
    }
  }
}
