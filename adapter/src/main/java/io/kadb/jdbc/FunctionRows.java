package io.kadb.jdbc;

import static io.kadb.jdbc.MetaTable.row;

import io.kadb.sql.FunctionDescription;
import io.kadb.sql.ResultColumn;
import io.kadb.type.ColumnType;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of {@code getFunctions} and {@code getFunctionColumns}. */
final class FunctionRows {
  private static final String SCHEMA = "kadb";

  private FunctionRows() {}

  /** Returns a row for each function that the patterns match. */
  static List<List<@Nullable Object>> functions(
      List<FunctionDescription> functions, LikePattern schema, LikePattern name) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (FunctionDescription function : wanted(functions, schema, name)) {
      rows.add(
          row(
              null,
              SCHEMA,
              function.name(),
              null,
              (short)
                  (function.givesRows()
                      ? DatabaseMetaData.functionReturnsTable
                      : DatabaseMetaData.functionNoTable),
              function.name()));
    }
    return rows;
  }

  /** Returns a row for each result and parameter: a value first, then parameters, then columns. */
  static List<List<@Nullable Object>> columns(
      List<FunctionDescription> functions,
      LikePattern schema,
      LikePattern name,
      LikePattern column) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (FunctionDescription function : wanted(functions, schema, name)) {
      if (!function.givesRows()) {
        rows.add(
            columnRow(
                function, function.results().get(0), DatabaseMetaData.functionReturn, 0, true));
      }
      addAll(rows, function, function.parameters(), DatabaseMetaData.functionColumnIn);
      if (function.givesRows()) {
        addAll(rows, function, function.results(), DatabaseMetaData.functionColumnResult);
      }
    }
    rows.removeIf(row -> !column.matches(String.valueOf(row.get(3))));
    return rows;
  }

  private static List<FunctionDescription> wanted(
      List<FunctionDescription> functions, LikePattern schema, LikePattern name) {
    return schema.matches(SCHEMA)
        ? functions.stream().filter(function -> name.matches(function.name())).toList()
        : List.of();
  }

  private static void addAll(
      List<List<@Nullable Object>> rows,
      FunctionDescription function,
      List<ResultColumn> columns,
      int kind) {
    for (int i = 0; i < columns.size(); i++) {
      rows.add(columnRow(function, columns.get(i), kind, i + 1, columns.get(i).nullable()));
    }
  }

  private static List<@Nullable Object> columnRow(
      FunctionDescription function, ResultColumn column, int kind, int position, boolean nullable) {
    ColumnType type = column.type();
    boolean text = String.class.equals(type.kind().valueClass());
    int radix = JdbcType.radix(type.kind());
    return row(
        null,
        SCHEMA,
        function.name(),
        column.label(),
        (short) kind,
        JdbcType.of(type.kind()).code(),
        type.name(),
        JdbcType.precision(type),
        null,
        (short) JdbcType.scale(type),
        radix == 0 ? null : (short) radix,
        (short) (nullable ? DatabaseMetaData.functionNullable : DatabaseMetaData.functionNoNulls),
        null,
        text ? JdbcType.precision(type) : null,
        position,
        nullable ? "YES" : "NO",
        function.name());
  }
}
