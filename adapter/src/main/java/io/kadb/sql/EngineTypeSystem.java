package io.kadb.sql;

import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Limits and derivation rules of types, nearer to PostgreSQL's than the engine's own. Users of
 * plain Calcite name it in the connection property {@code typeSystem}.
 */
public final class EngineTypeSystem extends RelDataTypeSystemImpl {
  /** The one instance, which has no state. */
  public static final EngineTypeSystem INSTANCE = new EngineTypeSystem();

  /** PostgreSQL's most digits of a declared NUMERIC. */
  static final int MAX_NUMERIC_DIGITS = 1000;

  /** The most digits of a BIGINT. */
  static final int MAX_BIGINT_DIGITS = 19;

  /** The scale that stands for NUMERIC without one: wide enough that no cast to it rounds. */
  static final int OPEN_SCALE = 500;

  private static final int AVERAGE_SCALE = 16;

  /** The least scale of a quotient: as many digits as PostgreSQL gives of one third. */
  private static final int QUOTIENT_SCALE = 20;

  private EngineTypeSystem() {}

  @Override
  public int getMaxPrecision(SqlTypeName typeName) {
    return switch (typeName) {
      case DECIMAL -> MAX_NUMERIC_DIGITS;
      case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIME_WITH_LOCAL_TIME_ZONE -> 6;
      default -> super.getMaxPrecision(typeName);
    };
  }

  @Override
  public int getMaxScale(SqlTypeName typeName) {
    return typeName == SqlTypeName.DECIMAL ? MAX_NUMERIC_DIGITS : super.getMaxScale(typeName);
  }

  @Override
  public int getDefaultPrecision(SqlTypeName typeName) {
    return switch (typeName) {
      case DECIMAL -> MAX_NUMERIC_DIGITS;
      case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> 6;
      default -> super.getDefaultPrecision(typeName);
    };
  }

  /** The sum of integers is a BIGINT or, beyond, a NUMERIC; it must not overflow unseen. */
  @Override
  public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
    SqlTypeName sum =
        switch (argument.getSqlTypeName()) {
          case TINYINT, SMALLINT, INTEGER -> SqlTypeName.BIGINT;
          case REAL, FLOAT -> SqlTypeName.DOUBLE;
          default -> null;
        };
    if (argument.getSqlTypeName() == SqlTypeName.BIGINT) {
      return nullableLike(
          factory, factory.createSqlType(SqlTypeName.DECIMAL, MAX_NUMERIC_DIGITS, 0), argument);
    }
    if (argument.getSqlTypeName() == SqlTypeName.DECIMAL) {
      return nullableLike(
          factory,
          factory.createSqlType(SqlTypeName.DECIMAL, MAX_NUMERIC_DIGITS, argument.getScale()),
          argument);
    }
    return sum == null ? argument : nullableLike(factory, factory.createSqlType(sum), argument);
  }

  /** The average of exact numbers is a NUMERIC with digits after the point. */
  @Override
  public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
    return switch (argument.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL ->
          nullableLike(
              factory,
              factory.createSqlType(
                  SqlTypeName.DECIMAL,
                  MAX_NUMERIC_DIGITS,
                  argument.getSqlTypeName() == SqlTypeName.DECIMAL
                      ? Math.max(AVERAGE_SCALE, argument.getScale())
                      : AVERAGE_SCALE),
              argument);
      case REAL, FLOAT ->
          nullableLike(factory, factory.createSqlType(SqlTypeName.DOUBLE), argument);
      default -> argument;
    };
  }

  /** PostgreSQL rounds half away from zero wherever a scale is lower than that of a value. */
  @Override
  public RoundingMode roundingMode() {
    return RoundingMode.HALF_UP;
  }

  /** The quotient of exact numbers, one of which is a NUMERIC; others have no type from here. */
  @Override
  public @Nullable RelDataType deriveDecimalDivideType(
      RelDataTypeFactory factory, RelDataType one, RelDataType other) {
    if (super.deriveDecimalDivideType(factory, one, other) == null) {
      return null;
    }
    int scale = Math.max(QUOTIENT_SCALE, Math.max(closedScale(one), closedScale(other)));
    return factory.createSqlType(SqlTypeName.DECIMAL, MAX_NUMERIC_DIGITS, scale);
  }

  /** The product of open NUMERICs is open: twice their scale would leave no digits before it. */
  @Override
  public @Nullable RelDataType deriveDecimalMultiplyType(
      RelDataTypeFactory factory, RelDataType one, RelDataType other) {
    RelDataType product = super.deriveDecimalMultiplyType(factory, one, other);
    return product != null && product.getScale() > OPEN_SCALE
        ? factory.createSqlType(SqlTypeName.DECIMAL, MAX_NUMERIC_DIGITS, OPEN_SCALE)
        : product;
  }

  private static int closedScale(RelDataType type) {
    return type.getScale() >= OPEN_SCALE ? 0 : type.getScale();
  }

  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }

  private static RelDataType nullableLike(
      RelDataTypeFactory factory, RelDataType type, RelDataType like) {
    return factory.createTypeWithNullability(type, like.isNullable());
  }
}
