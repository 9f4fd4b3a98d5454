package io.kadb.sql;

import io.kadb.catalog.ColumnDefault;
import io.kadb.catalog.ColumnDefinition;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.ColumnSource;
import io.kadb.format.ColumnSource.Payload;
import io.kadb.format.ColumnSource.Position;
import io.kadb.option.Option;
import io.kadb.type.ColumnType;
import io.kadb.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Plans {@code INSERT INTO} a foreign table: which columns it fills, and from what. */
final class TopicInserts {
  /** The hidden columns that say something of a message to be written. */
  private static final Set<HiddenColumn> WRITABLE =
      Set.of(
          HiddenColumn.KEY, HiddenColumn.PARTITION, HiddenColumn.TIMESTAMP, HiddenColumn.HEADERS);

  /** The declared columns that leave no room for a hidden one. */
  private static final Map<String, ColumnSource> SAME =
      Map.of(
          HiddenColumn.KEY.label(), Payload.KEY,
          HiddenColumn.PARTITION.label(), Position.PARTITION,
          HiddenColumn.TIMESTAMP.label(), Position.TIMESTAMP);

  private static final Set<ColumnSource> UNWRITABLE =
      Set.of(Position.OFFSET, Position.TOPIC, Position.META);

  private static final Set<TypeKind> TEXTS =
      Set.of(TypeKind.TEXT, TypeKind.VARCHAR, TypeKind.CHAR, TypeKind.OTHER);

  private final KafkaTable table;
  private final RelDataTypeFactory factory = EngineTypes.factory();

  TopicInserts(KafkaTable table) {
    this.table = table;
  }

  /** A column to fill. */
  record Target(String name, ColumnType type, Optional<ColumnDefault> defaultValue) {}

  /**
   * Plans an INSERT.
   *
   * @param given the columns that it names; none for all that can be written
   */
  DmlPlan.TopicInsert plan(QueryPlanner planner, List<String> given, SqlNode query) {
    List<Target> targets = given.isEmpty() ? declared() : given.stream().map(this::target).toList();
    if (!given.isEmpty()) {
      DmlPlanner.checkKnown(given, given);
      given.forEach(this::checkRoom);
    }
    PlannedQuery source = planner.plan(typed(query, targets));
    int width = source.columns().size();
    DmlPlanner.checkCount(width, targets.size(), !given.isEmpty());
    List<Target> filled = targets.subList(0, width);
    for (int i = 0; i < width; i++) {
      checkAssignable(source.columns().get(i).type(), filled.get(i));
    }
    return new DmlPlan.TopicInsert(table, filled, source);
  }

  private ColumnSource source(ColumnDefinition column) {
    return table
        .unchecked()
        .columnText(Option.SOURCE, column.options())
        .map(ColumnSource::of)
        .orElse(ColumnSource.Payload.VALUE);
  }

  private List<Target> declared() {
    return table.columns().stream()
        .filter(column -> !UNWRITABLE.contains(source(column)))
        .map(TopicInserts::of)
        .toList();
  }

  private static Target of(ColumnDefinition column) {
    return new Target(column.name(), column.type(), column.defaultValue());
  }

  private Target target(String name) {
    for (ColumnDefinition column : table.columns()) {
      if (column.name().equals(name)) {
        if (UNWRITABLE.contains(source(column))) {
          throw unwritable(name);
        }
        return of(column);
      }
    }
    for (HiddenColumn column : table.hidden()) {
      if (column.label().equals(name)) {
        if (!WRITABLE.contains(column)) {
          throw unwritable(name);
        }
        return new Target(name, column.type(), Optional.empty());
      }
    }
    throw new KadbException(
            ErrorCode.UNDEFINED_COLUMN,
            "column " + name + " of foreign table " + table.definition().name() + " does not exist")
        .withHint("its columns are " + String.join(", ", table.fieldNames()));
  }

  private static KadbException unwritable(String name) {
    return new KadbException(
            ErrorCode.UNSUPPORTED,
            "column " + name + " says what Kafka made of a message: it cannot be written")
        .withHint("leave it out of the columns of the INSERT");
  }

  /** A key, partition or time comes from one column alone. */
  private void checkRoom(String name) {
    ColumnSource same = table.isHidden(name) ? SAME.get(name) : null;
    for (ColumnDefinition column : table.columns()) {
      if (same != null && source(column) == same) {
        throw new KadbException(
                ErrorCode.DUPLICATE_COLUMN,
                "columns " + name + " and " + column.name() + " are the same part of a message")
            .withHint("INSERT into column " + column.name());
      }
    }
  }

  private static void checkAssignable(ColumnType from, Target to) {
    if (!TEXTS.contains(from.kind()) && !Assignment.isPossible(from, to.type())) {
      throw new KadbException(
              ErrorCode.DATATYPE_MISMATCH,
              "the column is of type " + to.type().sql() + ", the expression of type " + from.sql())
          .inColumn(to.name())
          .withHint("cast the expression");
    }
  }

  /** Gives types to what has none of its own in VALUES: texts in quotes, NULL and parameters. */
  private SqlNode typed(SqlNode query, List<Target> targets) {
    if (query.getKind() != SqlKind.VALUES) {
      return query;
    }
    List<SqlCall> rows =
        ((SqlCall) query)
            .getOperandList().stream().map(SqlCall.class::cast).collect(Collectors.toList());
    for (int column = 0; column < targets.size(); column++) {
      List<SqlCall> filled = new ArrayList<>();
      for (SqlCall row : rows) {
        if (column < row.operandCount()) {
          row.setOperand(column, withDefault(row.operand(column), targets.get(column)));
          filled.add(row);
        }
      }
      setTypes(filled, column, targets.get(column).type());
    }
    return query;
  }

  /** Texts are for the type's own input; among other values all are cast as the engine does. */
  private void setTypes(List<SqlCall> rows, int column, ColumnType type) {
    long untyped = rows.stream().filter(row -> isUntyped(row.operand(column))).count();
    RelDataType texts = EngineTypes.toEngine(factory, ColumnType.TEXT);
    boolean textual = TEXTS.contains(type.kind()) || type.kind() == TypeKind.JSON;
    RelDataType wanted = textual ? texts : EngineTypes.toEngine(factory, type);
    if (untyped == rows.size() && type.kind() != TypeKind.BYTEA) {
      wanted = texts;
    } else if (untyped == 0) {
      return;
    }
    for (SqlCall row : rows) {
      SqlNode value = row.operand(column);
      SqlParserPos here = value.getParserPosition();
      row.setOperand(
          column,
          SqlStdOperatorTable.CAST.createCall(
              here, value, SqlTypeUtil.convertTypeToSpec(wanted).withNullable(true)));
    }
  }

  private static boolean isUntyped(SqlNode value) {
    return value instanceof SqlDynamicParam
        || (value instanceof SqlLiteral literal
            && (literal.getTypeName() == org.apache.calcite.sql.type.SqlTypeName.NULL
                || org.apache.calcite.sql.type.SqlTypeName.CHAR_TYPES.contains(
                    literal.getTypeName())));
  }

  private static SqlNode withDefault(SqlNode value, Target target) {
    if (value.getKind() != SqlKind.DEFAULT) {
      return value;
    }
    SqlParserPos here = value.getParserPosition();
    if (target.defaultValue().isEmpty()) {
      return SqlLiteral.createNull(here);
    }
    ColumnDefault column = target.defaultValue().get();
    return column instanceof ColumnDefault.Literal literal
        ? SqlLiteral.createCharString(literal.text(), "UTF-8", here)
        : PostgresCasts.rewrite(StatementParser.parseExpression(column.text()));
  }
}
