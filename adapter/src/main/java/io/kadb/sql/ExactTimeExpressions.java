package io.kadb.sql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/**
 * Rewrites expressions so that times are BIGINT microseconds. Comparisons and choices work on them
 * as they are; casts are done exactly; any other function gets its arguments in the engine's own
 * form, in milliseconds.
 */
final class ExactTimeExpressions extends RexShuttle {
  private static final long MICROS = 1000;
  private static final int EXACT_DIGITS = 6;

  private final RexBuilder rexBuilder;
  private final RelDataType fields;

  /**
   * Creates a rewriter.
   *
   * @param fields the fields that expressions refer to, with times as BIGINT
   */
  ExactTimeExpressions(RexBuilder rexBuilder, RelDataType fields) {
    this.rexBuilder = rexBuilder;
    this.fields = fields;
  }

  RexNode one(RexNode expression) {
    return RexUtil.expandSearch(rexBuilder, null, expression).accept(this);
  }

  List<RexNode> all(List<RexNode> expressions) {
    return expressions.stream().map(this::one).toList();
  }

  static boolean isTime(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIME_WITH_LOCAL_TIME_ZONE -> true;
      default -> false;
    };
  }

  /** Returns BIGINT in place of a time, with the same nullability; other types as they are. */
  static RelDataType exact(RelDataTypeFactory factory, RelDataType type) {
    return isTime(type)
        ? factory.createTypeWithNullability(
            factory.createSqlType(SqlTypeName.BIGINT), type.isNullable())
        : type;
  }

  /** Returns microseconds for an expression that gives the engine's own milliseconds. */
  static RexNode fromEngine(RexBuilder rexBuilder, RexNode time) {
    return rexBuilder.makeCall(
        exact(rexBuilder.getTypeFactory(), time.getType()),
        isTimeOfDay(time.getType()) ? TimeFunction.OF_TIME : TimeFunction.OF_TIMESTAMP,
        List.of(time));
  }

  private static boolean isTimeOfDay(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.TIME
        || type.getSqlTypeName() == SqlTypeName.TIME_WITH_LOCAL_TIME_ZONE;
  }

  /** Returns an expression in the engine's own form for one that gives microseconds. */
  private RexNode toEngine(RexNode micros, RelDataType type) {
    RelDataType nullable =
        rexBuilder.getTypeFactory().createTypeWithNullability(type, micros.getType().isNullable());
    return rexBuilder.makeCall(
        nullable,
        isTimeOfDay(type) ? TimeFunction.TO_TIME : TimeFunction.TO_TIMESTAMP,
        List.of(micros));
  }

  @Override
  public RexNode visitInputRef(RexInputRef ref) {
    return rexBuilder.makeInputRef(
        fields.getFieldList().get(ref.getIndex()).getType(), ref.getIndex());
  }

  @Override
  public RexNode visitDynamicParam(RexDynamicParam parameter) {
    return isTime(parameter.getType())
        ? rexBuilder.makeDynamicParam(
            exact(rexBuilder.getTypeFactory(), parameter.getType()), parameter.getIndex())
        : parameter;
  }

  @Override
  public RexNode visitLiteral(RexLiteral literal) {
    if (!isTime(literal.getType())) {
      return literal;
    }
    RelDataType bigint = exact(rexBuilder.getTypeFactory(), literal.getType());
    return literal.isNull()
        ? rexBuilder.makeNullLiteral(bigint)
        : rexBuilder.makeExactLiteral(BigDecimal.valueOf(micros(literal)), bigint);
  }

  private static long micros(RexLiteral literal) {
    if (isTimeOfDay(literal.getType())) {
      TimeString time = literal.getValueAs(TimeString.class);
      return time.getMillisOfDay() * MICROS + microsOfMilli(time.toString());
    }
    TimestampString timestamp = literal.getValueAs(TimestampString.class);
    return timestamp.getMillisSinceEpoch() * MICROS + microsOfMilli(timestamp.toString());
  }

  /** Returns the digits after the milliseconds of a literal. */
  private static long microsOfMilli(String text) {
    int point = text.indexOf('.');
    String fraction = point < 0 ? "" : text.substring(point + 1);
    String six = (fraction + "000000").substring(0, EXACT_DIGITS);
    return Long.parseLong(six.substring(3));
  }

  @Override
  public RexNode visitOver(RexOver over) {
    boolean times =
        isTime(over.getType())
            || over.getOperands().stream().anyMatch(o -> isTime(o.getType()))
            || over.getWindow().orderKeys.stream().anyMatch(k -> isTime(k.left.getType()))
            || over.getWindow().partitionKeys.stream().anyMatch(k -> isTime(k.getType()));
    if (times) {
      throw new ExactTimes.NotRewritable("a window over times");
    }
    return super.visitOver(over);
  }

  @Override
  public RexNode visitCall(RexCall call) {
    List<RexNode> operands = new ArrayList<>();
    call.getOperands().forEach(operand -> operands.add(operand.accept(this)));
    boolean times = call.getOperands().stream().anyMatch(o -> isTime(o.getType()));
    if (!times && !isTime(call.getType())) {
      return call.clone(call.getType(), operands);
    }
    return switch (call.getKind()) {
      case EQUALS,
          NOT_EQUALS,
          LESS_THAN,
          LESS_THAN_OR_EQUAL,
          GREATER_THAN,
          GREATER_THAN_OR_EQUAL,
          IS_DISTINCT_FROM,
          IS_NOT_DISTINCT_FROM,
          IS_NULL,
          IS_NOT_NULL ->
          sameForm(call) ? call.clone(call.getType(), operands) : inEngineForm(call, operands);
      case CASE, COALESCE ->
          call.clone(exact(rexBuilder.getTypeFactory(), call.getType()), operands);
      case CAST, SAFE_CAST, REINTERPRET -> cast(call, operands.get(0));
      default -> inEngineForm(call, operands);
    };
  }

  /** Returns whether all operands are times of the same kind, so that microseconds compare. */
  private static boolean sameForm(RexCall call) {
    return call.getOperands().stream().map(o -> o.getType().getSqlTypeName()).distinct().count()
        == 1;
  }

  private RexNode inEngineForm(RexCall call, List<RexNode> operands) {
    List<RexNode> engine = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      RelDataType type = call.getOperands().get(i).getType();
      engine.add(isTime(type) ? toEngine(operands.get(i), type) : operands.get(i));
    }
    RexNode rebuilt = call.clone(call.getType(), engine);
    return isTime(call.getType()) ? fromEngine(rexBuilder, rebuilt) : rebuilt;
  }

  private RexNode cast(RexCall call, RexNode operand) {
    RelDataType from = call.getOperands().get(0).getType();
    RelDataType to = call.getType();
    RelDataType exactTo = exact(rexBuilder.getTypeFactory(), to);
    if (from.getSqlTypeName() == to.getSqlTypeName()) {
      return to.getPrecision() >= from.getPrecision()
          ? operand
          : exactCall(exactTo, TimeFunction.ROUND, operand, to.getPrecision());
    } else if (isTime(from) && SqlTypeName.CHAR_TYPES.contains(to.getSqlTypeName())) {
      RexNode text = exactCall(text(to), TimeFunction.TEXT, operand, typeName(from));
      return rexBuilder.makeCast(to, text);
    } else if (SqlTypeName.CHAR_TYPES.contains(from.getSqlTypeName()) && isTime(to)) {
      return exactCall(exactTo, TimeFunction.PARSE, operand, typeName(to));
    }
    return inEngineForm(call, List.of(operand));
  }

  private RelDataType text(RelDataType like) {
    RelDataTypeFactory factory = rexBuilder.getTypeFactory();
    return factory.createTypeWithNullability(
        factory.createSqlType(SqlTypeName.VARCHAR), like.isNullable());
  }

  private RexNode exactCall(
      RelDataType type, TimeFunction function, RexNode operand, Object second) {
    RexNode argument =
        second instanceof Integer digits
            ? rexBuilder.makeExactLiteral(BigDecimal.valueOf(digits))
            : rexBuilder.makeLiteral(second.toString());
    return rexBuilder.makeCall(type, function, List.of(operand, argument));
  }

  private static String typeName(RelDataType type) {
    return EngineTypes.toColumn(type).sql();
  }
}
