package io.kadb.sql;

import com.google.common.collect.ImmutableList;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
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
    RexWindow window = over.getWindow();
    boolean sorted = window.orderKeys.stream().anyMatch(k -> isTime(k.left.getType()));
    boolean times =
        sorted
            || isTime(over.getType())
            || over.getOperands().stream().anyMatch(o -> isTime(o.getType()))
            || window.partitionKeys.stream().anyMatch(k -> isTime(k.getType()));
    if (!times) {
      return super.visitOver(over);
    } else if (sorted
        && !window.isRows()
        && (isDistance(window.getLowerBound()) || isDistance(window.getUpperBound()))) {
      throw new ExactTimes.NotRewritable("a window over a range of times");
    }
    return rexBuilder.makeOver(
        exact(rexBuilder.getTypeFactory(), over.getType()),
        over.getAggOperator(),
        over.getOperands().stream().map(o -> o.accept(this)).toList(),
        window.partitionKeys.stream().map(k -> k.accept(this)).toList(),
        window.orderKeys.stream()
            .map(k -> new RexFieldCollation(k.left.accept(this), k.right))
            .collect(ImmutableList.toImmutableList()),
        window.getLowerBound(),
        window.getUpperBound(),
        window.getExclude(),
        window.isRows(),
        true,
        false,
        over.isDistinct(),
        over.ignoreNulls());
  }

  private static boolean isDistance(RexWindowBound bound) {
    return bound.getOffset() != null;
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
      case EXTRACT ->
          isMicroseconds(call.getOperands().get(0))
              ? rexBuilder.makeCall(
                  call.getType(), TimeFunction.MICROSECONDS, List.of(operands.get(1)))
              : inEngineForm(call, operands);
      default ->
          isMove(call)
              ? moved(call, operands)
              : inEngineForm(call, isFormatted(call) ? formatted(operands) : operands);
    };
  }

  /** Returns whether all operands are times of the same kind, so that microseconds compare. */
  private static boolean sameForm(RexCall call) {
    List<RexNode> operands = call.getOperands();
    return operands.stream().allMatch(o -> isTime(o.getType()))
        && operands.stream().map(o -> isTimeOfDay(o.getType())).distinct().count() == 1;
  }

  private static boolean isMicroseconds(RexNode unit) {
    return unit instanceof RexLiteral literal
        && literal.getValueAs(TimeUnitRange.class) == TimeUnitRange.MICROSECOND;
  }

  /** Returns whether a call adds an interval to a time, or takes one off. */
  private static boolean isMove(RexCall call) {
    List<RexNode> operands = call.getOperands();
    return operands.size() == 2
        && isTime(call.getType())
        && isTime(operands.get(0).getType())
        && SqlTypeName.INTERVAL_TYPES.contains(operands.get(1).getType().getSqlTypeName());
  }

  private static boolean isFormatted(RexCall call) {
    return call.getOperator().getName().equalsIgnoreCase("to_char")
        && isTime(call.getOperands().get(0).getType());
  }

  /** Puts microseconds into the pattern, as the engine's own would be zeros. */
  private List<RexNode> formatted(List<RexNode> operands) {
    RexNode pattern =
        rexBuilder.makeCall(text(operands.get(1).getType()), TimeFunction.PATTERN, operands);
    return List.of(operands.get(0), pattern);
  }

  /** The engine's intervals have milliseconds, so what is below them stays as it is. */
  private RexNode moved(RexCall call, List<RexNode> operands) {
    RexNode moved = inEngineForm(call, operands);
    return rexBuilder.makeCall(
        moved.getType(), TimeFunction.WITH_MICROS_OF, List.of(moved, operands.get(0)));
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
    if (isTime(from) && isTime(to)) {
      return betweenTimes(from, to, operand);
    } else if (isTime(from) && SqlTypeName.CHAR_TYPES.contains(to.getSqlTypeName())) {
      RexNode text = exactCall(text(to), TimeFunction.TEXT, operand, typeName(from));
      return rexBuilder.makeCast(to, text);
    } else if (SqlTypeName.CHAR_TYPES.contains(from.getSqlTypeName()) && isTime(to)) {
      return exactCall(exactTo, TimeFunction.PARSE, operand, typeName(to));
    }
    return inEngineForm(call, List.of(operand));
  }

  /** Timestamps with and without a zone are the same microseconds, as all is in UTC. */
  private RexNode betweenTimes(RelDataType from, RelDataType to, RexNode operand) {
    RelDataType type =
        rexBuilder
            .getTypeFactory()
            .createTypeWithNullability(
                exact(rexBuilder.getTypeFactory(), to), operand.getType().isNullable());
    if (isTimeOfDay(from) && !isTimeOfDay(to)) {
      throw new KadbException(
          ErrorCode.CANNOT_COERCE, "cannot cast type " + typeName(from) + " to " + typeName(to));
    }
    RexNode time =
        isTimeOfDay(to) && !isTimeOfDay(from)
            ? rexBuilder.makeCall(type, TimeFunction.OF_DAY, List.of(operand))
            : operand;
    if (to.getPrecision() >= from.getPrecision()) {
      return time;
    }
    return exactCall(
        type,
        isTimeOfDay(to) ? TimeFunction.ROUND_TIME : TimeFunction.ROUND,
        time,
        to.getPrecision());
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
