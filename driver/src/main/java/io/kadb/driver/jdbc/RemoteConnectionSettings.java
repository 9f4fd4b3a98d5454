package io.kadb.driver.jdbc;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import java.sql.ClientInfoStatus;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What a program sets on a connection without asking the server, and the connection's warnings. */
abstract class RemoteConnectionSettings implements PlainConnection {
  private final Warnings warnings = new Warnings();
  private final Warnings.View warningsView = warnings.view();
  private final Map<String, String> clientInfo = new ConcurrentHashMap<>();

  @Override
  public abstract boolean isClosed();

  final Warnings warnings() {
    return warnings;
  }

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
      case TRANSACTION_READ_COMMITTED:
        break;
      case TRANSACTION_READ_UNCOMMITTED:
      case TRANSACTION_REPEATABLE_READ:
      case TRANSACTION_SERIALIZABLE:
        warn("the transaction isolation stays READ COMMITTED");
        break;
      default:
        throw SqlExceptions.of("no such transaction isolation: " + level, States.BAD_PARAMETER);
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

  /** Adds a warning. */
  final void warn(String text) {
    warnings.add(new SQLWarning(text, States.WARNING));
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
          States.CONNECTION_CLOSED,
          Collections.singletonMap(name, ClientInfoStatus.REASON_UNKNOWN));
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
