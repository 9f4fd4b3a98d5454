package io.kadb.scan;

import io.kadb.scan.PartitionPredicate.Operator;
import io.kadb.scan.PartitionPredicate.Parameters;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A condition on where messages stand: partition, offset and time. It says where a snapshot looks
 * for messages, and may hold for more of them than are wanted, never for fewer. A comparison with
 * NULL holds for none.
 */
public sealed interface MessageCondition {
  /** Holds for every message. */
  MessageCondition ALL = new And(List.of());

  /** Holds for none. */
  MessageCondition NONE = new Or(List.of());

  /** Returns the offsets of a partition at which the condition may hold. */
  OffsetRanges ranges(int partition, Parameters parameters, Moments moments);

  /** Returns the condition that holds where both hold; each part of it stands there once. */
  default MessageCondition and(MessageCondition other) {
    Set<MessageCondition> parts = new LinkedHashSet<>(And.parts(this));
    parts.addAll(And.parts(other));
    return parts.size() == 1 ? parts.iterator().next() : new And(List.copyOf(parts));
  }

  /** Returns the condition that holds where one of several holds. */
  static MessageCondition anyOf(List<MessageCondition> conditions) {
    Set<MessageCondition> parts = new LinkedHashSet<>();
    conditions.forEach(part -> parts.addAll(part instanceof Or or ? or.parts() : List.of(part)));
    if (parts.contains(ALL)) {
      return ALL;
    }
    return parts.size() == 1 ? parts.iterator().next() : new Or(List.copyOf(parts));
  }

  /** Knows where the messages of a time stand. */
  interface Moments {
    /** Knows nothing: messages of any time may stand anywhere. */
    Moments UNKNOWN =
        new Moments() {
          @Override
          public OffsetRanges since(int partition, long millis) {
            return OffsetRanges.ALL;
          }

          @Override
          public OffsetRanges before(int partition, long millis) {
            return OffsetRanges.ALL;
          }
        };

    /** Returns where messages may stand that are not older than a moment. */
    OffsetRanges since(int partition, long millis);

    /** Returns where messages may stand that are older than a moment. */
    OffsetRanges before(int partition, long millis);
  }

  /** What is compared. */
  enum Column {
    /** A partition's number. */
    PARTITION("_partition"),
    /** An offset. */
    OFFSET("_offset"),
    /** Microseconds since 1970; those of messages are whole milliseconds. */
    TIMESTAMP("_timestamp");

    private final String label;

    Column(String label) {
      this.label = label;
    }
  }

  /** What a column is compared with. */
  sealed interface Bound {
    /** Returns the number, or null for NULL. */
    @Nullable Long value(Parameters parameters);

    /** A number of the statement. */
    record Constant(long number) implements Bound {
      @Override
      public Long value(Parameters parameters) {
        return number;
      }
    }

    /** A parameter, counted from 0. */
    record Parameter(int index) implements Bound {
      @Override
      public @Nullable Long value(Parameters parameters) {
        return parameters.value(index);
      }

      @Override
      public String toString() {
        return "?" + index;
      }
    }

    /** A number that is computed when the statement begins; printed as an expression. */
    non-sealed interface Computed extends Bound {}
  }

  /** A comparison. */
  record Comparison(Column column, Operator operator, Bound bound) implements MessageCondition {
    private static final long MICROS = 1000;

    @Override
    public OffsetRanges ranges(int partition, Parameters parameters, Moments moments) {
      Long number = bound.value(parameters);
      if (number == null) {
        return OffsetRanges.NONE;
      }
      return switch (column) {
        case PARTITION ->
            operator.test(Long.compare(partition, number)) ? OffsetRanges.ALL : OffsetRanges.NONE;
        case OFFSET -> offsets(number);
        case TIMESTAMP -> times(number, partition, moments);
      };
    }

    /** No message has the largest number as its offset. */
    private OffsetRanges offsets(long number) {
      long after = number == Long.MAX_VALUE ? number : number + 1;
      return switch (operator) {
        case EQUAL -> OffsetRanges.of(number, after);
        case NOT_EQUAL ->
            OffsetRanges.union(
                List.of(OffsetRanges.before(number), OffsetRanges.from(after)).stream());
        case LESS -> OffsetRanges.before(number);
        case AT_MOST -> OffsetRanges.before(after);
        case GREATER -> OffsetRanges.from(after);
        case AT_LEAST -> OffsetRanges.from(number);
      };
    }

    private OffsetRanges times(long micros, int partition, Moments moments) {
      long floor = Math.floorDiv(micros, MICROS);
      boolean whole = floor * MICROS == micros;
      long ceiling = whole ? floor : floor + 1;
      return switch (operator) {
        case EQUAL -> whole ? between(floor, floor + 1, partition, moments) : OffsetRanges.NONE;
        case NOT_EQUAL -> OffsetRanges.ALL;
        case LESS -> moments.before(partition, ceiling);
        case AT_MOST -> moments.before(partition, floor + 1);
        case GREATER -> moments.since(partition, floor + 1);
        case AT_LEAST -> moments.since(partition, ceiling);
      };
    }

    private static OffsetRanges between(long from, long to, int partition, Moments moments) {
      return moments.since(partition, from).intersect(moments.before(partition, to));
    }

    @Override
    public String toString() {
      String right =
          bound instanceof Bound.Constant constant
              ? column == Column.TIMESTAMP
                  ? timestamp(constant.number())
                  : String.valueOf(constant.number())
              : bound.toString();
      return column.label + " " + operator.sign() + " " + right;
    }

    private static String timestamp(long micros) {
      Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
      return "TIMESTAMP '"
          + LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString().replace('T', ' ')
          + "'";
    }
  }

  /** Holds where all parts hold. */
  record And(List<MessageCondition> parts) implements MessageCondition {
    public And {
      parts = List.copyOf(parts);
    }

    private static List<MessageCondition> parts(MessageCondition condition) {
      return condition instanceof And and ? and.parts : List.of(condition);
    }

    /** Asks for times last, and only if there is something left to look for. */
    @Override
    public OffsetRanges ranges(int partition, Parameters parameters, Moments moments) {
      OffsetRanges common = OffsetRanges.ALL;
      if (moments != Moments.UNKNOWN) {
        common = ranges(partition, parameters, Moments.UNKNOWN);
      }
      for (MessageCondition part : parts) {
        if (common.isEmpty()) {
          return common;
        }
        common = common.intersect(part.ranges(partition, parameters, moments));
      }
      return common;
    }

    @Override
    public String toString() {
      return parts.isEmpty()
          ? "all"
          : parts.stream().map(Object::toString).collect(Collectors.joining(" AND "));
    }
  }

  /** Holds where one of the parts holds. */
  record Or(List<MessageCondition> parts) implements MessageCondition {
    public Or {
      parts = List.copyOf(parts);
    }

    @Override
    public OffsetRanges ranges(int partition, Parameters parameters, Moments moments) {
      List<OffsetRanges> each = new ArrayList<>();
      for (MessageCondition part : parts) {
        each.add(part.ranges(partition, parameters, moments));
      }
      return OffsetRanges.union(each.stream());
    }

    @Override
    public String toString() {
      return parts.isEmpty()
          ? "none"
          : parts.stream().map(Object::toString).collect(Collectors.joining(" OR ", "(", ")"));
    }
  }
}
