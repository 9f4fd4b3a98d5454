package io.kadb.server.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The methods of {@link DatabaseMetaData} by name, with arguments as JSON has them. */
final class MetadataMethods {
  private MetadataMethods() {}

  /** Calls the method of a name that takes these arguments. */
  static @Nullable Object call(DatabaseMetaData metaData, String name, JsonNode arguments)
      throws SQLException {
    Method method =
        Arrays.stream(DatabaseMetaData.class.getDeclaredMethods())
            .filter(m -> m.getName().equals(name) && m.getReturnType() != Connection.class)
            .filter(m -> m.getParameterCount() == arguments.size())
            .findFirst()
            .orElseThrow(
                () -> RemoteErrors.unsupported("this call of DatabaseMetaData, or not so"));
    Class<?>[] types = method.getParameterTypes();
    @Nullable Object[] values = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      values[i] = argument(arguments.get(i), types[i]);
    }
    return invoke(metaData, method, values);
  }

  private static @Nullable Object argument(JsonNode node, Class<?> type) throws SQLException {
    if (type == int.class) {
      return node.asInt();
    }
    if (type == boolean.class) {
      return node.asBoolean();
    }
    if (node.isNull()) {
      return null;
    }
    if (type == String.class) {
      return node.asText();
    }
    if (type == String[].class && node.isArray()) {
      return elements(node).map(JsonNode::asText).toArray(String[]::new);
    }
    if (type == int[].class && node.isArray()) {
      return elements(node).mapToInt(JsonNode::asInt).toArray();
    }
    throw RemoteErrors.badMessage("an argument is not of the class that the call takes");
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** Calls a method. */
  static @Nullable Object invoke(
      DatabaseMetaData metaData, Method method, @Nullable Object... arguments) throws SQLException {
    try {
      return method.invoke(metaData, arguments);
    } catch (InvocationTargetException e) {
      throw RemoteErrors.of(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
