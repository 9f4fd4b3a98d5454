package io.kadb.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test class a fresh {@link TestPostgres}. The server behind them starts with the first
 * and ends with the last test of the JVM.
 */
final class PostgresExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(PostgresExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestPostgres.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
    Class<?> testClass =
        MarkedClass.find(context, PostgresTest.class).orElse(context).getRequiredTestClass();
    return store.getOrComputeIfAbsent(
        testClass,
        key -> createDatabase(store, testClass.getSimpleName().toLowerCase(Locale.ROOT)),
        TestPostgres.class);
  }

  private static TestPostgres createDatabase(ExtensionContext.Store store, String stem) {
    int port =
        store
            .getOrComputeIfAbsent("server", key -> startServer(), EmbeddedPostgres.class)
            .getPort();
    String database = UniqueNames.next(stem, '_');
    try {
      new TestPostgres(port, "postgres").execute("CREATE DATABASE " + database);
    } catch (SQLException e) {
      throw new AssertionError("no database " + database, e);
    }
    return new TestPostgres(port, database);
  }

  private static EmbeddedPostgres startServer() {
    try {
      return EmbeddedPostgres.builder().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
