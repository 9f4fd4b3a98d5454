package io.kadb.driver.jdbc;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import io.kadb.driver.wire.ConnectionCalls;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a database: every call goes to the server, where the same call is answered in
 * process, so that both drivers say the same. What never changes is asked for once.
 *
 * <p>A proxy, because the interface has some 180 methods and each of them would do just this.
 */
final class RemoteMetaData implements InvocationHandler {
  private final RemoteConnection connection;
  private final Map<String, Object> known = new ConcurrentHashMap<>();

  private RemoteMetaData(RemoteConnection connection) {
    this.connection = connection;
  }

  /** Returns the metadata of a connection. */
  static DatabaseMetaData of(RemoteConnection connection) {
    return (DatabaseMetaData)
        Proxy.newProxyInstance(
            RemoteMetaData.class.getClassLoader(),
            new Class<?>[] {DatabaseMetaData.class},
            new RemoteMetaData(connection));
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws SQLException {
    @Nullable Object[] given = arguments == null ? new Object[0] : arguments;
    switch (method.getName()) {
      case "getConnection":
        return connection;
      case "getURL":
        return connection.description().url();
      case "getUserName":
        return connection.description().user();
      case "getDriverName":
        return Product.NAME;
      case "getDriverVersion":
        return Product.version();
      case "getDriverMajorVersion":
        return Product.MAJOR;
      case "getDriverMinorVersion":
        return Product.MINOR;
      case "unwrap":
        return Checks.unwrap(proxy, (Class<?>) given[0]);
      case "isWrapperFor":
        return given[0] instanceof Class && ((Class<?>) given[0]).isInstance(proxy);
      case "equals":
        return proxy == given[0];
      case "hashCode":
        return System.identityHashCode(proxy);
      case "toString":
        return "metadata of " + connection.description().url();
      default:
        return ask(method, given);
    }
  }

  private @Nullable Object ask(Method method, @Nullable Object[] arguments) throws SQLException {
    connection.checkOpen();
    boolean constant = arguments.length == 0 && method.getReturnType() != ResultSet.class;
    Object before = constant ? known.get(method.getName()) : null;
    if (before != null) {
      return before;
    }
    ConnectionCalls.Metadata answer =
        connection.calls().metadata(method.getName(), plain(arguments));
    if (answer.columns != null) {
      Cursor cursor = new Cursor(FrameSource.NONE, answer.rows, 0);
      return new RemoteResultSet(cursor, answer.columns, new Warnings().view(), null);
    }
    Object value = converted(answer.value, method);
    if (constant && value != null) {
      known.put(method.getName(), value);
    }
    return value;
  }

  private static List<@Nullable Object> plain(@Nullable Object[] arguments) {
    List<@Nullable Object> plain = new ArrayList<>();
    for (Object argument : arguments) {
      if (argument instanceof Object[]) {
        plain.add(Arrays.asList((Object[]) argument));
      } else if (argument != null && argument.getClass().isArray()) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(argument); i++) {
          elements.add(Array.get(argument, i));
        }
        plain.add(elements);
      } else {
        plain.add(argument);
      }
    }
    return Collections.unmodifiableList(plain);
  }

  private static @Nullable Object converted(@Nullable Object value, Method method)
      throws SQLException {
    Class<?> wanted = method.getReturnType();
    if (wanted == boolean.class && value instanceof Boolean
        || wanted == String.class && (value == null || value instanceof String)) {
      return value;
    }
    if (value instanceof Number && wanted == int.class) {
      return ((Number) value).intValue();
    }
    if (value instanceof Number && wanted == long.class) {
      return ((Number) value).longValue();
    }
    if (wanted == RowIdLifetime.class && value instanceof String) {
      return RowIdLifetime.valueOf((String) value);
    }
    throw SqlExceptions.of(
        "the server's answer to " + method.getName() + " is not a " + wanted.getSimpleName(),
        States.PROTOCOL_VIOLATION);
  }
}
