package io.kadb.jdbc;

import io.kadb.option.Level;
import io.kadb.option.Option;
import io.kadb.sql.Session;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The driver of {@code jdbc:kadb:}, which runs kadb in the program's own process. Safe for many
 * threads.
 */
public final class KadbDriver implements Driver {
  static {
    try {
      DriverManager.registerDriver(new KadbDriver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Creates a driver; {@link DriverManager} has one of its own. */
  public KadbDriver() {}

  @Override
  public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    try {
      ConnectionProperties properties =
          ConnectionProperties.of(given(url, info), KadbDriver::environment);
      return new KadbConnection(new SessionEngine(session(properties)), properties);
    } catch (RuntimeException | Error e) {
      throw SqlExceptions.of(e);
    }
  }

  private static Session session(ConnectionProperties properties) {
    return properties
        .user()
        .map(user -> Session.open(properties.session(), user))
        .orElseGet(() -> Session.open(properties.session()));
  }

  @Override
  public boolean acceptsURL(@Nullable String url) throws SQLException {
    if (url == null) {
      throw SqlExceptions.of("the URL is null", "08001", null);
    }
    return ConnectionUrl.accepts(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info)
      throws SQLException {
    if (!acceptsURL(url)) {
      return new DriverPropertyInfo[0];
    }
    try {
      Map<String, String> given = given(url, info);
      List<DriverPropertyInfo> infos = new ArrayList<>();
      for (ConnectionProperty property : ConnectionProperty.values()) {
        DriverPropertyInfo entry =
            entry(property.label(), property.description(), property.secret(), given);
        if (!property.choices().isEmpty()) {
          entry.choices = property.choices().toArray(String[]::new);
        }
        infos.add(entry);
      }
      Arrays.stream(Option.values())
          .filter(option -> option.levels().contains(Level.CONNECTION))
          .map(o -> entry(o.optionName(), o.description(), o.secret(), given))
          .forEach(infos::add);
      return infos.toArray(DriverPropertyInfo[]::new);
    } catch (RuntimeException e) {
      throw SqlExceptions.of(e);
    }
  }

  @Override
  public int getMajorVersion() {
    return Product.MAJOR;
  }

  @Override
  public int getMinorVersion() {
    return Product.MINOR;
  }

  /** Returns false: kadb is not an implementation of all of SQL-92. */
  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("kadb logs through SLF4J", "0A000");
  }

  private static Map<String, String> given(String url, @Nullable Properties info) {
    return ConnectionProperties.merge(url, info == null ? new Properties() : info);
  }

  private static DriverPropertyInfo entry(
      String name, String description, boolean secret, Map<String, String> given) {
    DriverPropertyInfo entry = new DriverPropertyInfo(name, secret ? null : given.get(name));
    entry.description = description;
    return entry;
  }

  private static @Nullable String environment(String name) {
    String property = System.getProperty(name);
    return property != null ? property : System.getenv(name);
  }
}
