package io.kadb.driver;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The driver of {@code jdbc:kadb://host:port}. This version of kadb has no server yet, so that
 * every attempt to connect fails with SQLState 0A000; URLs are understood and checked. Thread-safe.
 */
public final class RemoteDriver implements Driver {
  private static final int MAJOR = 0;
  private static final int MINOR = 1;

  static {
    try {
      DriverManager.registerDriver(new RemoteDriver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Called by the service loader. */
  public RemoteDriver() {}

  /** Null for the URLs of other drivers; 08001 for one of ours that is malformed. */
  @Override
  public @Nullable Connection connect(String url, @Nullable Properties properties)
      throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    RemoteUrl parsed = RemoteUrl.parse(url);
    throw new SQLFeatureNotSupportedException(
        "this version of kadb has no server: cannot connect to "
            + parsed.endpoints().get(0)
            + " (hint: jdbc:kadb: with the adapter's jar runs kadb in this process)",
        "0A000");
  }

  @Override
  public boolean acceptsURL(@Nullable String url) {
    return url != null && url.startsWith(RemoteUrl.PREFIX);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties properties) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return MAJOR;
  }

  @Override
  public int getMinorVersion() {
    return MINOR;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("this driver does not log", "0A000");
  }
}
