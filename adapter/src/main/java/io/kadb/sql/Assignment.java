package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.type.ColumnType;
import io.kadb.type.TextOutput;
import io.kadb.type.TypeKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumSet;
import java.util.Set;

/**
 * What PostgreSQL does when a value is assigned to a column of another type; see <a
 * href="https://www.postgresql.org/docs/16/typeconv-query.html">Value Storage</a>.
 */
final class Assignment {
  private static final long MICROS_OF_DAY = 86_400_000_000L;

  private static final Set<TypeKind> WHOLE =
      EnumSet.of(TypeKind.SMALLINT, TypeKind.INTEGER, TypeKind.BIGINT, TypeKind.OID);
  private static final Set<TypeKind> NUMBERS =
      EnumSet.of(TypeKind.NUMERIC, TypeKind.REAL, TypeKind.DOUBLE);
  private static final Set<TypeKind> TEXTS =
      EnumSet.of(TypeKind.TEXT, TypeKind.VARCHAR, TypeKind.CHAR, TypeKind.OTHER);
  private static final Set<TypeKind> MOMENTS =
      EnumSet.of(TypeKind.DATE, TypeKind.TIMESTAMP, TypeKind.TIMESTAMPTZ);

  private Assignment() {}

  /** Returns whether values of one type may be assigned to a column of the other. */
  static boolean isPossible(ColumnType from, ColumnType to) {
    TypeKind source = from.kind();
    TypeKind target = to.kind();
    return source == target
        || TEXTS.contains(target)
        || (isNumber(source) && isNumber(target))
        || (MOMENTS.contains(source) && MOMENTS.contains(target))
        || (source != TypeKind.DATE && MOMENTS.contains(source) && target == TypeKind.TIME);
  }

  private static boolean isNumber(TypeKind kind) {
    return WHOLE.contains(kind) || NUMBERS.contains(kind);
  }

  /**
   * Returns a value as text that the target's input takes.
   *
   * @param value of the class that the source's kind says
   */
  static String text(Object value, ColumnType from, ColumnType to) {
    if (WHOLE.contains(to.kind()) && NUMBERS.contains(from.kind())) {
      return rounded(value, from, to);
    } else if (from.kind() == to.kind() || TEXTS.contains(to.kind())) {
      return TextOutput.of(from).text(value);
    }
    return switch (to.kind()) {
      case DATE -> TextOutput.of(to).text((int) Math.floorDiv(micros(value, from), MICROS_OF_DAY));
      case TIME -> TextOutput.of(to).text(Math.floorMod(micros(value, from), MICROS_OF_DAY));
      case TIMESTAMP, TIMESTAMPTZ -> TextOutput.of(to).text(micros(value, from));
      default -> TextOutput.of(from).text(value);
    };
  }

  private static long micros(Object value, ColumnType from) {
    return from.kind() == TypeKind.DATE ? (int) value * MICROS_OF_DAY : (long) value;
  }

  /** As PostgreSQL rounds: NUMERIC away from zero at the half, binary numbers to the even one. */
  private static String rounded(Object value, ColumnType from, ColumnType to) {
    String text = TextOutput.of(from).text(value);
    try {
      RoundingMode mode =
          from.kind() == TypeKind.NUMERIC ? RoundingMode.HALF_UP : RoundingMode.HALF_EVEN;
      return new BigDecimal(text).setScale(0, mode).toPlainString();
    } catch (NumberFormatException e) {
      throw new KadbException(
          ErrorCode.NUMBER_OUT_OF_RANGE, text + " is not a value of type " + to.sql(), e);
    }
  }
}
