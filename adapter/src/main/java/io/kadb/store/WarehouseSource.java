package io.kadb.store;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * The warehouse's connection of a session as a {@link DataSource}, for readers that open and close
 * connections: closing one gives nothing up. Statements fetch their rows in portions.
 */
public final class WarehouseSource implements DataSource {
  private static final int FETCH_ROWS = 2000;

  private final StoreSession session;

  /** Creates the source of a session whose store is a warehouse. */
  public WarehouseSource(StoreSession session) {
    this.session = session;
  }

  @Override
  public Connection getConnection() {
    Connection connection = session.warehouse();
    return (Connection)
        Proxy.newProxyInstance(
            WarehouseSource.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                Object result = method.invoke(connection, arguments);
                if (result instanceof Statement statement) {
                  statement.setFetchSize(FETCH_ROWS);
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public Connection getConnection(String user, String password) {
    return getConnection();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public void setLogWriter(PrintWriter writer) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
