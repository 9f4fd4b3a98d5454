package io.kadb.sql;

import io.kadb.catalog.TableName;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.store.StoreSession;
import io.kadb.store.WarehouseColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Turns INSERT, UPDATE and DELETE into a query and what becomes of its rows. The engine plans only
 * the query: its own DML knows neither transactions nor COPY.
 */
final class DmlPlanner {
  private static final List<SqlTypeName> OFFSET_TYPES =
      List.of(SqlTypeName.BIGINT, SqlTypeName.INTEGER, SqlTypeName.BIGINT);

  private final QueryPlanner planner;
  private final StoreSession store;
  private final String schema;

  /**
   * Creates a planner.
   *
   * @param schema the schema that names without one mean
   */
  DmlPlanner(QueryPlanner planner, StoreSession store, String schema) {
    this.planner = planner;
    this.store = store;
    this.schema = schema;
  }

  /** Plans a statement. */
  DmlPlan plan(SqlNode statement) {
    return switch (statement.getKind()) {
      case INSERT -> insert((SqlInsert) statement);
      case UPDATE -> update((SqlUpdate) statement);
      case DELETE -> delete((SqlDelete) statement);
      default -> throw unsupported(statement.getKind().name());
    };
  }

  private DmlPlan insert(SqlInsert insert) {
    List<String> target = names(insert.getTargetTable());
    List<String> columns =
        insert.getTargetColumnList() == null
            ? List.of()
            : insert.getTargetColumnList().stream().map(c -> names(c).get(0)).toList();
    if (target.get(0).equals(SchemaTree.WAREHOUSE)) {
      return warehouseInsert(target, columns, insert.getSource());
    }
    Optional<KafkaTable> topic = planner.foreignTable(target);
    if (topic.isPresent()) {
      return new TopicInserts(topic.get()).plan(planner, columns, insert.getSource());
    }
    if (!planner.isTable(target)) {
      String last = target.get(target.size() - 1);
      List<String> first =
          target.size() == 1 ? List.of(schema) : target.subList(0, target.size() - 1);
      throw new UnknownNames(store.catalog().read(), schema)
          .table(new TableName(String.join(".", first), last));
    }
    checkOffsets(target, "INSERT into");
    List<String> given = columns.isEmpty() ? OffsetsTable.COLUMNS : columns;
    List<Integer> places = OffsetsTable.COLUMNS.stream().map(given::indexOf).toList();
    checkKnown(given, OffsetsTable.COLUMNS);
    PlannedQuery source =
        planner.plan(
            withTypedValues(
                insert.getSource(),
                given.stream()
                    .map(c -> OFFSET_TYPES.get(OffsetsTable.COLUMNS.indexOf(c)))
                    .toList()));
    checkCount(source.columns().size(), given.size(), true);
    return new DmlPlan.OffsetsInsert(places, source);
  }

  private DmlPlan warehouseInsert(List<String> target, List<String> given, SqlNode query) {
    if (target.size() != 3) {
      throw new KadbException(
              ErrorCode.UNDEFINED_TABLE, "table " + String.join(".", target) + " does not exist")
          .withHint("tables of the warehouse are named pg.<schema>.<table>");
    }
    TableName table = new TableName(target.get(1), target.get(2));
    List<String> all = store.warehouseColumns(table).stream().map(WarehouseColumn::name).toList();
    checkKnown(given, all);
    PlannedQuery source = planner.plan(withTypedValues(query, List.of()));
    int width = source.columns().size();
    checkCount(width, given.isEmpty() ? all.size() : given.size(), !given.isEmpty());
    return new DmlPlan.WarehouseInsert(
        table, given.isEmpty() ? all.subList(0, width) : given, source, CopiedScan.of(source));
  }

  static void checkKnown(List<String> given, List<String> all) {
    for (String column : given) {
      if (!all.contains(column)) {
        throw new KadbException(
            ErrorCode.UNDEFINED_COLUMN, "column " + column + " of the target does not exist");
      } else if (given.indexOf(column) != given.lastIndexOf(column)) {
        throw new KadbException(
            ErrorCode.DUPLICATE_COLUMN, "column " + column + " is given more than once");
      }
    }
  }

  static void checkCount(int found, int wanted, boolean exact) {
    if (found > wanted) {
      throw new KadbException(
          ErrorCode.SYNTAX,
          "INSERT has more expressions than target columns: " + found + ", wanted " + wanted);
    } else if (exact && found < wanted) {
      throw new KadbException(
          ErrorCode.SYNTAX,
          "INSERT has more target columns than expressions: " + wanted + ", found " + found);
    }
  }

  private DmlPlan update(SqlUpdate update) {
    checkOffsets(names(update.getTargetTable()), "UPDATE of");
    List<SqlNode> items = columns(update.getAlias(), OffsetsTable.COLUMNS);
    items.addAll(columns(update.getAlias(), OffsetsTable.COLUMNS));
    for (int i = 0; i < update.getTargetColumnList().size(); i++) {
      String column = names(update.getTargetColumnList().get(i)).get(0);
      checkKnown(List.of(column), OffsetsTable.COLUMNS);
      int place = OffsetsTable.COLUMNS.indexOf(column);
      SqlNode value = update.getSourceExpressionList().get(i);
      items.set(OffsetsTable.COLUMNS.size() + place, typed(value, OFFSET_TYPES.get(place)));
    }
    return new DmlPlan.OffsetsUpdate(
        planner.plan(
            select(items, update.getTargetTable(), update.getAlias(), update.getCondition())));
  }

  private DmlPlan delete(SqlDelete delete) {
    List<String> target = names(delete.getTargetTable());
    boolean rejects = means(target, RejectView.NAME);
    if (!rejects) {
      checkOffsets(target, "DELETE from");
    }
    PlannedQuery source =
        planner.plan(
            select(
                columns(delete.getAlias(), rejects ? List.of(RejectView.ID) : OffsetsTable.COLUMNS),
                delete.getTargetTable(),
                delete.getAlias(),
                delete.getCondition()));
    return rejects ? new DmlPlan.RejectsDelete(source) : new DmlPlan.OffsetsDelete(source);
  }

  private static List<SqlNode> columns(@Nullable SqlIdentifier alias, List<String> names) {
    List<SqlNode> columns = new ArrayList<>();
    for (String column : names) {
      columns.add(
          new SqlIdentifier(
              alias == null ? List.of(column) : List.of(alias.getSimple(), column),
              SqlParserPos.ZERO));
    }
    return columns;
  }

  private static SqlSelect select(
      List<SqlNode> items,
      SqlNode table,
      @Nullable SqlIdentifier alias,
      @Nullable SqlNode condition) {
    SqlParserPos here = SqlParserPos.ZERO;
    SqlNode from = alias == null ? table : SqlStdOperatorTable.AS.createCall(here, table, alias);
    List<SqlNode> labelled = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      labelled.add(
          SqlStdOperatorTable.AS.createCall(here, items.get(i), new SqlIdentifier("c" + i, here)));
    }
    return new SqlSelect(
        here,
        null,
        new SqlNodeList(labelled, here),
        from,
        condition,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** Gives parameters and literals that stand alone in VALUES a type: the column's, or text. */
  private static SqlNode withTypedValues(SqlNode query, List<SqlTypeName> types) {
    if (query.getKind() != SqlKind.VALUES) {
      return query;
    }
    for (SqlNode row : ((SqlCall) query).getOperandList()) {
      SqlCall values = (SqlCall) row;
      for (int i = 0; i < values.operandCount(); i++) {
        SqlNode value = values.operand(i);
        if (i < types.size()) {
          values.setOperand(i, typed(value, types.get(i)));
        } else if (value instanceof SqlDynamicParam) {
          values.setOperand(i, cast(value, SqlTypeName.VARCHAR));
        }
      }
    }
    return query;
  }

  /**
   * Gives a value the type of its column if it has none of its own, as a text in quotes has not.
   */
  private static SqlNode typed(SqlNode value, SqlTypeName type) {
    boolean untyped = value instanceof SqlDynamicParam || value.getKind() == SqlKind.LITERAL;
    return untyped ? cast(value, type) : value;
  }

  private static SqlNode cast(SqlNode value, SqlTypeName type) {
    SqlParserPos here = value.getParserPosition();
    return SqlStdOperatorTable.CAST.createCall(
        here, value, new SqlDataTypeSpec(new SqlBasicTypeNameSpec(type, here), here));
  }

  private void checkOffsets(List<String> target, String what) {
    if (!means(target, OffsetsTable.NAME)) {
      throw unsupported(what + " " + String.join(".", target))
          .withHint(
              "kadb writes to foreign tables and pg.<schema>.<table> by INSERT, and to kadb.offsets,"
                  + " and deletes from kadb.rejects");
    }
  }

  /** Returns whether a name as written means a table of schema kadb. */
  private boolean means(List<String> target, String table) {
    String first = target.size() == 1 ? schema : target.get(0);
    return first.equals(OffsetsTable.SCHEMA) && target.get(target.size() - 1).equals(table);
  }

  private static List<String> names(SqlNode node) {
    SqlNode plain = node.getKind() == SqlKind.TABLE_REF ? ((SqlCall) node).operand(0) : node;
    if (plain instanceof SqlIdentifier identifier) {
      return identifier.names;
    }
    throw unsupported("writing to " + node.getKind());
  }

  private static KadbException unsupported(String what) {
    return new KadbException(ErrorCode.UNSUPPORTED, what + " is not supported");
  }
}
