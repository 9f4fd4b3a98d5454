package io.kadb.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * The warehouse's metadata for readers of its tables. The driver says that a TIME WITH TIME ZONE is
 * a TIME, which has no zone; here it is of another type, so that it is carried as its text.
 */
final class WarehouseTypes {
  private static final int DATA_TYPE = 5;
  private static final int TYPE_NAME = 6;

  private WarehouseTypes() {}

  /** Returns whether values of a type with a zone, that the driver calls a time, are texts here. */
  static boolean isText(String typeName) {
    return typeName.equals("timetz");
  }

  /** Returns metadata that gives the types of columns so. */
  static DatabaseMetaData of(DatabaseMetaData metaData) {
    return proxy(
        DatabaseMetaData.class,
        (proxy, method, arguments) -> {
          Object value = call(method, metaData, arguments);
          return method.getName().equals("getColumns") && value instanceof ResultSet columns
              ? columns(columns)
              : value;
        });
  }

  private static ResultSet columns(ResultSet columns) {
    return proxy(
        ResultSet.class,
        (proxy, method, arguments) -> {
          boolean type =
              method.getName().equals("getInt")
                  && arguments != null
                  && arguments[0].equals(DATA_TYPE);
          return type && isText(columns.getString(TYPE_NAME))
              ? (Object) Types.OTHER
              : call(method, columns, arguments);
        });
  }

  private static @Nullable Object call(Method method, Object target, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            WarehouseTypes.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
