package io.kadb.store;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.function.Function;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.DelegatingConnection;
import org.apache.commons.dbcp2.DelegatingPreparedStatement;
import org.apache.commons.dbcp2.DelegatingStatement;
import org.jspecify.annotations.Nullable;

/**
 * The warehouse's connection of a session as a {@link DataSource}, for readers that open and close
 * connections: closing one gives nothing up. Statements fetch their rows in portions; dates and
 * times come as numbers, see {@link WarehouseResult}.
 */
public final class WarehouseSource implements DataSource {
  private static final int FETCH_ROWS = 2000;

  private final StoreSession session;
  private final Function<byte[], Object> bytes;

  /**
   * Creates the source of a session whose store is a warehouse.
   *
   * @param bytes makes of the bytes of a row what its reader takes for them
   */
  public WarehouseSource(StoreSession session, Function<byte[], Object> bytes) {
    this.session = session;
    this.bytes = bytes;
  }

  /** Returns the error for a date or time that no row can hold. */
  public static KadbException infinite() {
    return new KadbException(
            ErrorCode.DATETIME_OUT_OF_RANGE, "found an infinite date or time, wanted a finite one")
        .withHint("read it from a view of the warehouse that casts it to text");
  }

  @Override
  public Connection getConnection() {
    return new LentConnection(session.warehouse(), bytes);
  }

  /** A connection whose statements and results know only this form of it. */
  private static final class LentConnection extends DelegatingConnection<Connection> {
    private final Function<byte[], Object> bytes;

    LentConnection(Connection connection, Function<byte[], Object> bytes) {
      super(connection);
      this.bytes = bytes;
    }

    @Override
    public Statement createStatement() throws SQLException {
      Statement statement = new LentStatement(this, getDelegate().createStatement(), bytes);
      statement.setFetchSize(FETCH_ROWS);
      return statement;
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
      PreparedStatement statement =
          new LentPreparedStatement(this, getDelegate().prepareStatement(sql), bytes);
      statement.setFetchSize(FETCH_ROWS);
      return statement;
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
      return WarehouseTypes.of(getDelegate().getMetaData());
    }

    /** The connection stays the session's. */
    @Override
    public void close() {}
  }

  private static final class LentStatement extends DelegatingStatement {
    private final Function<byte[], Object> bytes;

    LentStatement(LentConnection connection, Statement statement, Function<byte[], Object> bytes) {
      super(connection, statement);
      this.bytes = bytes;
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
      return WarehouseResult.of(super.executeQuery(sql), bytes);
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
      ResultSet result = super.getResultSet();
      return result == null ? null : WarehouseResult.of(result, bytes);
    }
  }

  private static final class LentPreparedStatement extends DelegatingPreparedStatement {
    private final Function<byte[], Object> bytes;

    LentPreparedStatement(
        LentConnection connection, PreparedStatement statement, Function<byte[], Object> bytes) {
      super(connection, statement);
      this.bytes = bytes;
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
      return WarehouseResult.of(super.executeQuery(), bytes);
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
      ResultSet result = super.getResultSet();
      return result == null ? null : WarehouseResult.of(result, bytes);
    }
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
