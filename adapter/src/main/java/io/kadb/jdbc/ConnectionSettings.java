package io.kadb.jdbc;

import io.kadb.error.ErrorCode;
import io.kadb.error.Notice;
import java.sql.ClientInfoStatus;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What a client sets on a connection without asking the session, and the connection's warnings. */
abstract class ConnectionSettings implements PlainConnection {
  private final Warnings warnings = new Warnings();
  private final Warnings.View warningsView = warnings.view();
  private final Map<String, String> clientInfo = new ConcurrentHashMap<>();
  private volatile int networkTimeoutMillis;

  @Override
  public abstract boolean isClosed();

  @Override
  public void checkResultKind(int type, int concurrency) throws SQLException {
    checkOpen();
    if (type != ResultSet.TYPE_FORWARD_ONLY || concurrency != ResultSet.CONCUR_READ_ONLY) {
      warn("results can only be read forward, and cannot be updated");
    }
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    checkOpen();
    return TRANSACTION_READ_COMMITTED;
  }

  /** Accepts every level, and warns of those that are not READ COMMITTED, which stays. */
  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    checkOpen();
    switch (level) {
      case TRANSACTION_READ_COMMITTED -> {}
      case TRANSACTION_READ_UNCOMMITTED, TRANSACTION_REPEATABLE_READ, TRANSACTION_SERIALIZABLE ->
          warn("the transaction isolation stays READ COMMITTED");
      default ->
          throw SqlExceptions.of(
              ErrorCode.BAD_PARAMETER, "no such transaction isolation: " + level);
    }
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return warningsView.first();
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
    warningsView.clear();
  }

  /** Returns where statements of the connection itself leave what they have to say. */
  final Warnings warnings() {
    return warnings;
  }

  /** Adds a warning. */
  final void warn(String text) {
    warnings.add(Notice.warning(text));
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    checkOpen();
    return networkTimeoutMillis;
  }

  /** Keeps the timeout without using it: in process there is no network in between. */
  @Override
  public void setNetworkTimeout(@Nullable Executor executor, int milliseconds) throws SQLException {
    checkOpen();
    networkTimeoutMillis = Checks.notNegative("network timeout", milliseconds);
  }

  @Override
  public @Nullable String getClientInfo(String name) throws SQLException {
    checkOpen();
    return clientInfo.get(name);
  }

  @Override
  public Properties getClientInfo() throws SQLException {
    checkOpen();
    Properties copy = new Properties();
    copy.putAll(clientInfo);
    return copy;
  }

  @Override
  public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
    if (isClosed()) {
      throw new SQLClientInfoException(
          "this connection is closed",
          ErrorCode.CONNECTION_CLOSED.sqlState(),
          Map.of(name, ClientInfoStatus.REASON_UNKNOWN));
    }
    if (value == null) {
      clientInfo.remove(name);
    } else {
      clientInfo.put(name, value);
    }
  }

  @Override
  public void setClientInfo(Properties values) throws SQLClientInfoException {
    clientInfo.clear();
    for (String name : values.stringPropertyNames()) {
      setClientInfo(name, values.getProperty(name));
    }
  }
}
