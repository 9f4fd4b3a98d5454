package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.catalog.ColumnDefault;
import io.kadb.catalog.ColumnDefinition;
import io.kadb.error.KadbException;
import io.kadb.type.ColumnType;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** What statements are parsed into, or fail with. */
final class ParsedStatements {
  private ParsedStatements() {}

  static Command parse(String sql) {
    return command(Command.class, sql);
  }

  static <T extends Command> T command(Class<T> kind, String sql) {
    SqlNode parsed = StatementParser.parse(sql);
    assertThat(parsed).as(sql).isInstanceOf(CommandNode.class);
    Command command = ((CommandNode) parsed).command();
    assertThat(command).isInstanceOf(kind);
    return kind.cast(command);
  }

  static KadbException failure(String sql) {
    KadbException error =
        catchThrowableOfType(KadbException.class, () -> StatementParser.parse(sql));
    assertThat(error).as("must fail: " + sql).isNotNull();
    return error;
  }

  static ColumnDefinition column(
      String name,
      String type,
      boolean notNull,
      @Nullable String defaultExpression,
      Map<String, String> options) {
    return new ColumnDefinition(
        name,
        ColumnType.parse(type),
        notNull,
        Optional.ofNullable(defaultExpression).map(ColumnDefault.Expression::new),
        options);
  }
}
