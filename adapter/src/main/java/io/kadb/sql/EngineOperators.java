package io.kadb.sql;

import java.util.List;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.jspecify.annotations.Nullable;

/** The operators and functions a statement may use; their names are found in any case. */
final class EngineOperators implements SqlOperatorTable {
  private static final SqlOperatorTable ALL =
      SqlOperatorTables.chain(
          SqlOperatorTables.of(
              SessionFunction.REGCLASS,
              SessionFunction.REGCLASS_OID,
              SessionFunction.REGCLASS_NAME,
              TextCastFunction.JSON,
              TextCastFunction.JSONB,
              TextCastFunction.INTERVAL),
          SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
              SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL));

  static final EngineOperators INSTANCE = new EngineOperators();

  private EngineOperators() {}

  @Override
  public void lookupOperatorOverloads(
      SqlIdentifier name,
      @Nullable SqlFunctionCategory category,
      SqlSyntax syntax,
      List<SqlOperator> found,
      SqlNameMatcher matcher) {
    OffsetFunctionOperators.find(name, category).ifPresent(found::add);
    if (name.names.equals(RetryRejects.QUALIFIED_NAME)
        && category == SqlFunctionCategory.USER_DEFINED_TABLE_FUNCTION) {
      found.add(RetryRejects.INSTANCE);
    }
    if (name.names.equals(SessionFunction.CANCEL_NAME)) {
      found.add(SessionFunction.CANCEL);
    }
    if (name.names.equals(ProduceMessage.NAME)
        && category != SqlFunctionCategory.USER_DEFINED_TABLE_FUNCTION) {
      found.add(ProduceMessage.INSTANCE);
    }
    ALL.lookupOperatorOverloads(
        name, category, syntax, found, SqlNameMatchers.withCaseSensitive(false));
  }

  @Override
  public List<SqlOperator> getOperatorList() {
    return ALL.getOperatorList();
  }
}
