package io.kadb.server.remote;

import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a remote client: a connection of the driver, and the client's statements. Safe
 * for many threads.
 *
 * <p>Avatica's own driver cannot say that its program got the last row. For it any request on the
 * connection that comes after the last frame counts as that word ({@link #settle}); kadb's own
 * driver says it itself.
 */
final class RemoteConnection implements RemoteStyle {
  private final String owner;
  private final Connection connection;
  private final ClientProperties properties;
  private final Encoding encoding;
  private final Surroundings surroundings;
  private final Map<Integer, RemoteStatement> statements = new ConcurrentHashMap<>();
  private final Map<String, Savepoint> savepoints = new ConcurrentHashMap<>();
  private final AtomicInteger lastStatement = new AtomicInteger();
  private final UseClock use = new UseClock();
  private final LastAnswer answers = new LastAnswer();
  private volatile List<String> refused;

  private final Object settling = new Object();

  /** By what socket a client was told that rows do not count; null once it has heard of it. */
  private volatile @Nullable Carrier toldBy;

  /** Creates the remote side of a connection of the driver. */
  RemoteConnection(
      String owner,
      Connection connection,
      ClientProperties properties,
      Encoding encoding,
      Surroundings surroundings) {
    this.owner = owner;
    this.connection = connection;
    this.properties = properties;
    this.refused = properties.refused();
    this.encoding = encoding;
    this.surroundings = surroundings;
  }

  /** What all connections of a server have in common. */
  record Surroundings(ConnectionLimits limits, Executor producers, Metrics metrics) {}

  String owner() {
    return owner;
  }

  /** Returns the driver's connection. */
  Connection jdbc() {
    return connection;
  }

  ClientProperties properties() {
    return properties;
  }

  UseClock use() {
    return use;
  }

  LastAnswer answers() {
    return answers;
  }

  @Override
  public WireColumns columns(ResultSetMetaData result) {
    return WireColumns.of(result, properties.dialect(), encoding);
  }

  @Override
  public FrameLimits limits() {
    return surroundings.limits().frames();
  }

  @Override
  public Executor producers() {
    return surroundings.producers();
  }

  @Override
  public Metrics metrics() {
    return surroundings.metrics();
  }

  @Override
  public int queryTimeoutSeconds() {
    return properties.number("queryTimeout");
  }

  @Override
  public int mostSeconds() {
    return (int) surroundings.limits().statementTime().toSeconds();
  }

  @Override
  public int frameRows() {
    return properties.number("fetchSize");
  }

  /** Opens a statement. */
  RemoteStatement createStatement() throws SQLException {
    int most = surroundings.limits().statements();
    if (statements.size() >= most) {
      throw RemoteErrors.limit(
          "the connection has " + most + " statements open, which is the most", "max-statements");
    }
    RemoteStatement statement =
        new RemoteStatement(lastStatement.incrementAndGet(), connection, this);
    statements.put(statement.id(), statement);
    return statement;
  }

  /** Returns a number for a result that no statement of ours stands behind. */
  int nextStatementId() {
    return lastStatement.incrementAndGet();
  }

  /** Returns an open statement. */
  RemoteStatement statement(int id) throws SQLException {
    RemoteStatement statement = statements.get(id);
    if (statement == null) {
      throw RemoteErrors.noStatement("the server does not know this statement: it was closed");
    }
    return statement;
  }

  /** Closes a statement; one that is not there is closed already. */
  void closeStatement(int id) throws SQLException {
    RemoteStatement statement = statements.remove(id);
    if (statement != null) {
      statement.close();
    }
  }

  /**
   * Takes a request of a client that cannot say so as its word that it got the last rows of the
   * results it was given completely. A result whose last rows may have got lost with their socket
   * is given up instead.
   *
   * @param now the socket that the request came by
   * @throws SQLException if offsets could not be moved; the other results are settled all the same
   */
  void settle(Carrier now) throws SQLException {
    if (properties.dialect() == Dialect.THIN) {
      return;
    }
    // In turn: a request that is sent again must not overtake the failure of the first.
    synchronized (settling) {
      settleInTurn(now);
    }
  }

  private void settleInTurn(Carrier now) throws SQLException {
    tellAgain(now);
    SQLException failure = null;
    for (RemoteStatement statement : statements.values()) {
      try {
        statement.confirmIfDelivered(now);
      } catch (SQLException e) {
        failure = e;
      }
    }
    if (failure != null) {
      toldBy = now;
      throw failure;
    }
  }

  /** A client whose socket broke on the way of a failure asks again, and must not hear "done". */
  private void tellAgain(Carrier now) throws SQLException {
    Carrier then = toldBy;
    if (then == null) {
      return;
    }
    if (then.equals(now)) {
      toldBy = null;
    } else if (then.isGone()) {
      toldBy = now;
      throw RemoteErrors.mayBeLost();
    }
  }

  /** As {@link #settle}, unless the request asks for a frame again. */
  void settle(int statement, long offset, Carrier now) throws SQLException {
    RemoteStatement asked = statements.get(statement);
    if (asked == null || !asked.isRepeat(offset)) {
      settle(now);
    }
  }

  /** Commits; what was not confirmed does not count. */
  void commit() throws SQLException {
    abandonResults("the result ended with its transaction");
    connection.commit();
  }

  /** Rolls back. */
  void rollback() throws SQLException {
    toldBy = null;
    abandonResults("the result ended with its transaction");
    connection.rollback();
  }

  /** Sets a savepoint, rolls back to it or releases it. */
  void savepoint(String verb, @Nullable String name) throws SQLException {
    if (name == null) {
      throw RemoteErrors.badMessage("a savepoint needs a name");
    }
    switch (verb) {
      case "set" -> savepoints.put(name, connection.setSavepoint(name));
      case "rollback" -> {
        abandonResults("the result ended with the rollback to a savepoint");
        connection.rollback(known(name));
      }
      case "release" -> connection.releaseSavepoint(known(name));
      default -> throw RemoteErrors.badMessage("verb is set, rollback or release");
    }
  }

  private Savepoint known(String name) throws SQLException {
    Savepoint savepoint = savepoints.get(name);
    if (savepoint == null) {
      throw new SQLException("there is no savepoint of this name", "3B001");
    }
    return savepoint;
  }

  /** Takes over what a client says of its connection, and returns how it stands then. */
  ConnectionPropertiesImpl sync(Meta.ConnectionProperties wanted) throws SQLException {
    if (wanted.isReadOnly() != null && wanted.isReadOnly() != connection.isReadOnly()) {
      connection.setReadOnly(wanted.isReadOnly());
    }
    if (wanted.getTransactionIsolation() != null
        && wanted.getTransactionIsolation() != connection.getTransactionIsolation()) {
      connection.setTransactionIsolation(wanted.getTransactionIsolation());
    }
    if (wanted.getSchema() != null && !wanted.getSchema().equals(connection.getSchema())) {
      connection.setSchema(wanted.getSchema());
    }
    if (wanted.isAutoCommit() != null && wanted.isAutoCommit() != connection.getAutoCommit()) {
      if (wanted.isAutoCommit()) {
        abandonResults("the result ended with its transaction");
      }
      connection.setAutoCommit(wanted.isAutoCommit());
    }
    return new ConnectionPropertiesImpl(
        connection.getAutoCommit(),
        connection.isReadOnly(),
        connection.getTransactionIsolation(),
        null,
        connection.getSchema());
  }

  /** Returns what the connection itself has to say. */
  @Nullable SQLWarning warnings() throws SQLException {
    SQLWarning ofDriver = connection.getWarnings();
    SQLWarning own = null;
    for (String name : refused) {
      SQLWarning warning =
          new SQLWarning("the server does not take the connection property " + name, "01000");
      warning.setNextWarning(own == null ? ofDriver : own);
      own = warning;
    }
    return own == null ? ofDriver : own;
  }

  void clearWarnings() throws SQLException {
    refused = List.of();
    connection.clearWarnings();
  }

  /** Gives up all results. */
  void abandonResults(String why) {
    statements.values().forEach(statement -> statement.abandon(why));
  }

  /** Gives up results that nobody asked about for long; returns their number. */
  int abandonIdleResults(Duration idle) {
    int abandoned = 0;
    for (RemoteStatement statement : statements.values()) {
      abandoned += statement.abandonIfIdle(idle) ? 1 : 0;
    }
    return abandoned;
  }

  int statementCount() {
    return statements.size();
  }

  long openResultCount() {
    return statements.values().stream().filter(RemoteStatement::hasOpenResult).count();
  }

  /** Gives everything up and closes the driver's connection; its transaction is rolled back. */
  void close(String why) throws SQLException {
    abandonResults(why);
    statements.clear();
    // Not close(), which takes a result that stands on its last row for one that was read.
    connection.abort(Runnable::run);
  }
}
