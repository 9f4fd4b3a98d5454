package io.kadb.sql;

import java.util.Locale;
import java.util.TimeZone;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/**
 * The engine's context for a query that reads no table.
 *
 * @param query the query
 * @param nowMillis the time that now() gives
 * @param user whom CURRENT_USER names
 */
record ConstantContext(PlannedQuery query, long nowMillis, String user) implements DataContext {
  @Override
  public SchemaPlus getRootSchema() {
    return query.schema().plus();
  }

  @Override
  public JavaTypeFactory getTypeFactory() {
    return EngineTypes.factory();
  }

  @Override
  public QueryProvider getQueryProvider() {
    throw new UnsupportedOperationException("queries in linq4j");
  }

  @Override
  public @Nullable Object get(String name) {
    Object stashed = query.stash().get(name);
    if (stashed != null) {
      return stashed;
    }
    for (Variable variable : Variable.values()) {
      if (variable.camelName.equals(name)) {
        return switch (variable) {
          case UTC_TIMESTAMP, CURRENT_TIMESTAMP, LOCAL_TIMESTAMP -> nowMillis;
          case TIME_ZONE -> TimeZone.getTimeZone("UTC");
          case LOCALE -> Locale.ROOT;
          case USER, SYSTEM_USER -> user;
          default -> null;
        };
      }
    }
    return null;
  }
}
