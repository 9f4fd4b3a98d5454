package io.kadb.driver;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.jdbc.Product;
import io.kadb.driver.jdbc.RemoteConnection;
import io.kadb.driver.jdbc.StatementDefaults;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The driver of {@code jdbc:kadb://host:port}. Thread-safe. */
public final class RemoteDriver implements Driver {
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
    RemoteSettings settings = new RemoteSettings(RemoteUrl.parse(url), properties);
    StatementDefaults defaults = settings.statementDefaults();
    return new RemoteConnection(
        settings.connector().open(settings.endpoints(), settings.forServer()),
        defaults,
        settings.description());
  }

  @Override
  public boolean acceptsURL(@Nullable String url) {
    return url != null && url.startsWith(RemoteUrl.PREFIX);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties properties)
      throws SQLException {
    if (!acceptsURL(url)) {
      return new DriverPropertyInfo[0];
    }
    RemoteSettings settings = new RemoteSettings(RemoteUrl.parse(url), properties);
    List<DriverPropertyInfo> entries = new ArrayList<>();
    for (RemoteProperty property : RemoteProperty.values()) {
      DriverPropertyInfo entry =
          new DriverPropertyInfo(
              property.label(), property.secret() ? null : settings.text(property));
      entry.description = property.description();
      entries.add(entry);
    }
    return entries.toArray(new DriverPropertyInfo[0]);
  }

  @Override
  public int getMajorVersion() {
    return Product.MAJOR;
  }

  @Override
  public int getMinorVersion() {
    return Product.MINOR;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw (SQLFeatureNotSupportedException) SqlExceptions.unsupported("Driver.getParentLogger");
  }
}
