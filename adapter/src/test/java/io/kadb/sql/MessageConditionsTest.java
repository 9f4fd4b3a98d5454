package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.scan.MessageCondition;
import io.kadb.scan.MessageCondition.Column;
import io.kadb.scan.MessageCondition.Moments;
import io.kadb.scan.OffsetRanges;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random conditions, each tried on all messages of a few small partitions. */
class MessageConditionsTest {
  private static final int PARTITIONS = 3;
  private static final int OFFSETS = 9;
  private static final int CONDITIONS = 4000;

  private static final int PARTITION = 0;
  private static final int OFFSET = 1;
  private static final int TIME = 2;
  private static final int OTHER = 3;

  private static final List<SqlOperator> COMPARISONS =
      List.of(
          SqlStdOperatorTable.EQUALS,
          SqlStdOperatorTable.NOT_EQUALS,
          SqlStdOperatorTable.LESS_THAN,
          SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
          SqlStdOperatorTable.GREATER_THAN,
          SqlStdOperatorTable.GREATER_THAN_OR_EQUAL);

  private final RexBuilder rex = new RexBuilder(EngineTypes.factory());
  private final MessageConditions conditions =
      new MessageConditions(
          rex, Map.of(PARTITION, Column.PARTITION, OFFSET, Column.OFFSET, TIME, Column.TIMESTAMP));

  /** A condition as the engine has it, and what it is for a message. */
  private record Condition(RexNode rex, Truth truth) {}

  private interface Truth {
    /** Returns null for unknown. */
    @Nullable Boolean of(@Nullable Long[] message);
  }

  /** The messages of the partitions: their times by offset, and a value of another column. */
  private static final class Topic implements Moments {
    private final @Nullable Long[][] millis = new Long[PARTITIONS][OFFSETS];
    private final @Nullable Long[][] others = new Long[PARTITIONS][OFFSETS];

    Topic(Random random) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        for (int offset = 0; offset < OFFSETS; offset++) {
          millis[partition][offset] = random.nextInt(6) == 0 ? null : 1L + random.nextInt(8);
          others[partition][offset] = random.nextInt(4) == 0 ? null : (long) random.nextInt(3);
        }
      }
      // Brokers stamp the messages of the last one when they append them.
      long[] ascending =
          LongStream.generate(() -> 1 + random.nextInt(8)).limit(OFFSETS).sorted().toArray();
      millis[PARTITIONS - 1] = Arrays.stream(ascending).boxed().toArray(Long[]::new);
    }

    @Nullable Long[] message(int partition, int offset) {
      Long time = millis[partition][offset];
      return new Long[] {
        (long) partition,
        (long) offset,
        time == null ? null : time * 1000,
        others[partition][offset]
      };
    }

    private int first(int partition, long moment) {
      for (int offset = 0; offset < OFFSETS; offset++) {
        Long time = millis[partition][offset];
        if (time != null && time >= moment) {
          return offset;
        }
      }
      return OFFSETS;
    }

    @Override
    public OffsetRanges since(int partition, long moment) {
      int first = first(partition, moment);
      return first == OFFSETS ? OffsetRanges.NONE : OffsetRanges.from(first);
    }

    @Override
    public OffsetRanges before(int partition, long moment) {
      return partition == PARTITIONS - 1
          ? OffsetRanges.before(first(partition, moment))
          : OffsetRanges.ALL;
    }
  }

  /** Makes conditions on some of the columns. */
  private final class Source {
    private final Random random;
    private final int[] columns;
    private final @Nullable Long[] parameters;

    Source(Random random, int... columns) {
      this.random = random;
      this.columns = columns;
      this.parameters =
          new Long[] {null, number(OFFSET), number(OFFSET), number(TIME), number(TIME)};
    }

    private long number(int column) {
      return switch (random.nextInt(12)) {
        case 0 -> -1L - random.nextInt(3);
        case 1 -> Long.MAX_VALUE;
        case 2 -> Long.MIN_VALUE;
        default ->
            column == TIME
                ? random.nextInt(10) * 1000L + (random.nextInt(3) - 1) * 300L
                : random.nextInt(OFFSETS + 1);
      };
    }

    Condition condition(int depth) {
      int kind = depth == 0 ? random.nextInt(3) : random.nextInt(9);
      return switch (kind) {
        case 0, 1 -> comparison();
        case 2 -> in();
        case 3, 4 -> combined(SqlStdOperatorTable.AND, false, depth);
        case 5, 6 -> combined(SqlStdOperatorTable.OR, true, depth);
        case 7 -> {
          Condition inner = condition(depth - 1);
          yield new Condition(
              rex.makeCall(SqlStdOperatorTable.NOT, inner.rex),
              message -> {
                Boolean truth = inner.truth.of(message);
                return truth == null ? null : !truth;
              });
        }
        default -> {
          Condition inner = condition(depth - 1);
          boolean wanted = random.nextBoolean();
          yield new Condition(
              rex.makeCall(
                  wanted ? SqlStdOperatorTable.IS_TRUE : SqlStdOperatorTable.IS_FALSE, inner.rex),
              message -> {
                Boolean truth = inner.truth.of(message);
                return truth != null && truth == wanted;
              });
        }
      };
    }

    /** AND and OR: one operand of a certain value decides. */
    private Condition combined(SqlOperator operator, boolean deciding, int depth) {
      List<Condition> parts =
          IntStream.rangeClosed(0, 1 + random.nextInt(2))
              .mapToObj(i -> condition(depth - 1))
              .toList();
      return new Condition(
          rex.makeCall(operator, parts.stream().map(Condition::rex).toList()),
          message -> {
            Boolean result = !deciding;
            for (Condition part : parts) {
              Boolean truth = part.truth.of(message);
              if (truth != null && truth == deciding) {
                return deciding;
              }
              result = truth == null ? null : result;
            }
            return result;
          });
    }

    private Condition comparison() {
      int column = columns[random.nextInt(columns.length)];
      SqlOperator operator = COMPARISONS.get(random.nextInt(COMPARISONS.size()));
      int parameter = random.nextInt(2 * parameters.length);
      BigDecimal bound;
      RexNode right;
      if (parameter < parameters.length) {
        Long value = parameters[parameter];
        bound = value == null ? null : BigDecimal.valueOf(value);
        right = rex.makeDynamicParam(type(OFFSET), parameter);
      } else {
        bound = constant(column);
        right = rex.makeExactLiteral(bound);
      }
      RexNode left = column(column);
      boolean turned = random.nextInt(4) == 0;
      return new Condition(
          turned
              ? rex.makeCall(operator.reverse(), right, left)
              : rex.makeCall(operator, left, right),
          message -> compared(message[column], operator, bound));
    }

    private BigDecimal constant(int column) {
      BigDecimal whole = BigDecimal.valueOf(number(column));
      return switch (random.nextInt(8)) {
        case 0 -> whole.add(new BigDecimal("0.5"));
        case 1 -> whole.multiply(new BigDecimal("3000000000"));
        default -> whole;
      };
    }

    /** The engine turns a list into one operator. */
    private Condition in() {
      int column = columns[random.nextInt(columns.length)];
      List<BigDecimal> list =
          IntStream.rangeClosed(0, random.nextInt(4))
              .mapToObj(i -> BigDecimal.valueOf(number(column)))
              .toList();
      List<RexNode> literals = new ArrayList<>();
      list.forEach(number -> literals.add(rex.makeExactLiteral(number, type(OFFSET))));
      return new Condition(
          rex.makeIn(column(column), literals),
          message -> {
            Long value = message[column];
            return value == null ? null : list.contains(BigDecimal.valueOf(value));
          });
    }

    private RexNode column(int column) {
      return rex.makeInputRef(type(column), column);
    }

    private RelDataType type(int column) {
      RelDataType type =
          rex.getTypeFactory()
              .createSqlType(column == PARTITION ? SqlTypeName.INTEGER : SqlTypeName.BIGINT);
      return rex.getTypeFactory().createTypeWithNullability(type, column >= TIME);
    }
  }

  private static @Nullable Boolean compared(
      @Nullable Long value, SqlOperator operator, @Nullable BigDecimal bound) {
    if (value == null || bound == null) {
      return null;
    }
    int comparison = BigDecimal.valueOf(value).compareTo(bound);
    return switch (operator.getKind()) {
      case EQUALS -> comparison == 0;
      case NOT_EQUALS -> comparison != 0;
      case LESS_THAN -> comparison < 0;
      case LESS_THAN_OR_EQUAL -> comparison <= 0;
      case GREATER_THAN -> comparison > 0;
      default -> comparison >= 0;
    };
  }

  private static boolean contains(OffsetRanges ranges, long offset) {
    return ranges.ranges().stream().anyMatch(r -> r.start() <= offset && offset < r.end());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void neverLeaveOutAMessageForWhichTheConditionHolds(long seed) {
    Random random = new Random(seed);
    int narrowed = 0;
    for (int i = 0; i < CONDITIONS; i++) {
      Topic topic = new Topic(random);
      Source source = new Source(random, PARTITION, OFFSET, TIME, OTHER);
      Condition condition = source.condition(3);
      MessageCondition implied = conditions.implied(condition.rex);
      for (int partition = 0; partition < PARTITIONS; partition++) {
        OffsetRanges ranges = implied.ranges(partition, p -> source.parameters[p], topic);
        for (int offset = 0; offset < OFFSETS; offset++) {
          boolean contained = contains(ranges, offset);
          narrowed += contained ? 0 : 1;
          if (Boolean.TRUE.equals(condition.truth.of(topic.message(partition, offset)))) {
            assertThat(contained)
                .as("%s of %s: %s[%s]", implied, condition.rex, partition, offset)
                .isTrue();
          }
        }
      }
    }
    assertThat(narrowed).isGreaterThan(CONDITIONS * PARTITIONS * OFFSETS / 4);
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void holdExactlyWhereConditionsOnPartitionsAndOffsetsDo(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CONDITIONS; i++) {
      Topic topic = new Topic(random);
      Source source = new Source(random, PARTITION, OFFSET);
      Condition condition = withoutUnknown(source);
      MessageCondition implied = conditions.implied(condition.rex);
      for (int partition = 0; partition < PARTITIONS; partition++) {
        OffsetRanges ranges = implied.ranges(partition, p -> source.parameters[p], Moments.UNKNOWN);
        for (int offset = 0; offset < OFFSETS; offset++) {
          assertThat(contains(ranges, offset))
              .as("%s of %s: %s[%s]", implied, condition.rex, partition, offset)
              .isEqualTo(Boolean.TRUE.equals(condition.truth.of(topic.message(partition, offset))));
        }
      }
    }
  }

  /** Without NULL, and without IS TRUE: that it does not hold may also come of NULL. */
  private static Condition withoutUnknown(Source source) {
    source.parameters[0] = 4L;
    while (true) {
      Condition condition = source.condition(3);
      if (!condition.rex.toString().contains("IS ")) {
        return condition;
      }
    }
  }

  @Test
  void sayNothingOfWhatTheyDoNotKnow() {
    RexNode other = new Source(new Random(1), OTHER).comparison().rex;
    assertThat(conditions.implied(other)).isEqualTo(MessageCondition.ALL);
    RexNode offset = new Source(new Random(1), OFFSET).comparison().rex;
    assertThat(conditions.implied(rex.makeCall(SqlStdOperatorTable.OR, other, offset)))
        .isEqualTo(MessageCondition.ALL);
    assertThat(conditions.implied(rex.makeCall(SqlStdOperatorTable.AND, other, offset)))
        .isEqualTo(conditions.implied(offset));
    assertThat(conditions.implied(rex.makeLiteral(false))).isEqualTo(MessageCondition.NONE);
    assertThat(conditions.implied(rex.makeLiteral(true))).isEqualTo(MessageCondition.ALL);
  }
}
