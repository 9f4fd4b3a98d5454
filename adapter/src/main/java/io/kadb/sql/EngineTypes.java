package io.kadb.sql;

import io.kadb.type.ColumnType;
import io.kadb.type.TypeKind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/** The mapping between column types and the engine's types. */
final class EngineTypes {
  private static final Map<TypeKind, SqlTypeName> FIXED =
      Map.of(
          TypeKind.SMALLINT, SqlTypeName.SMALLINT,
          TypeKind.INTEGER, SqlTypeName.INTEGER,
          TypeKind.BIGINT, SqlTypeName.BIGINT,
          TypeKind.OID, SqlTypeName.BIGINT,
          TypeKind.REAL, SqlTypeName.REAL,
          TypeKind.DOUBLE, SqlTypeName.DOUBLE,
          TypeKind.BOOLEAN, SqlTypeName.BOOLEAN,
          TypeKind.BYTEA, SqlTypeName.VARBINARY,
          TypeKind.DATE, SqlTypeName.DATE);

  private EngineTypes() {}

  /** Returns a new type factory with the rules of {@link EngineTypeSystem} and Unicode text. */
  static JavaTypeFactoryImpl factory() {
    return new UnicodeTypeFactory();
  }

  /** Returns the engine's type of a column, not nullable. */
  static RelDataType toEngine(RelDataTypeFactory factory, ColumnType type) {
    SqlTypeName fixed = FIXED.get(type.kind());
    if (fixed != null) {
      return factory.createSqlType(fixed);
    }
    return switch (type.kind()) {
      case NUMERIC -> numeric(factory, type);
      case CHAR -> factory.createSqlType(SqlTypeName.CHAR, type.precision().orElse(1));
      case VARCHAR ->
          type.precision().isPresent()
              ? factory.createSqlType(SqlTypeName.VARCHAR, type.precision().getAsInt())
              : factory.createSqlType(SqlTypeName.VARCHAR);
      case TIME -> factory.createSqlType(SqlTypeName.TIME, type.precision().orElse(6));
      case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, type.precision().orElse(6));
      case TIMESTAMPTZ ->
          factory.createSqlType(
              SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, type.precision().orElse(6));
      default -> factory.createSqlType(SqlTypeName.VARCHAR);
    };
  }

  /** The engine knows no scale below zero and none above the precision: it gets more digits. */
  private static RelDataType numeric(RelDataTypeFactory factory, ColumnType type) {
    if (type.precision().isEmpty()) {
      return factory.createSqlType(
          SqlTypeName.DECIMAL, EngineTypeSystem.MAX_NUMERIC_DIGITS, EngineTypeSystem.OPEN_SCALE);
    }
    int scale = type.scale().orElse(0);
    int digits = Math.max(type.precision().getAsInt() - Math.min(scale, 0), scale);
    return factory.createSqlType(
        SqlTypeName.DECIMAL,
        Math.min(digits, EngineTypeSystem.MAX_NUMERIC_DIGITS),
        Math.max(scale, 0));
  }

  /** Returns the column type that shows an engine's type to clients. */
  static ColumnType toColumn(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TINYINT, SMALLINT -> of("smallint");
      case INTEGER -> of("integer");
      case BIGINT -> of("bigint");
      case REAL -> of("real");
      case FLOAT, DOUBLE -> of("double precision");
      case BOOLEAN -> of("boolean");
      case DATE -> of("date");
      case BINARY, VARBINARY -> of("bytea");
      case DECIMAL -> decimal(type);
      case CHAR -> ColumnType.parse("character(" + Math.max(1, type.getPrecision()) + ")");
      case VARCHAR -> varchar(type);
      case TIME, TIME_WITH_LOCAL_TIME_ZONE -> fraction("time", type);
      case TIMESTAMP -> fraction("timestamp", type);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> fraction("timestamptz", type);
      default -> of("text");
    };
  }

  private static ColumnType decimal(RelDataType type) {
    boolean open =
        type.getPrecision() >= EngineTypeSystem.MAX_NUMERIC_DIGITS || type.getPrecision() < 1;
    return open
        ? of("numeric")
        : ColumnType.parse("numeric(" + type.getPrecision() + "," + type.getScale() + ")");
  }

  private static ColumnType varchar(RelDataType type) {
    boolean open = type.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED;
    return open
        ? of("text")
        : ColumnType.parse("character varying(" + Math.max(1, type.getPrecision()) + ")");
  }

  private static ColumnType fraction(String name, RelDataType type) {
    int digits = type.getPrecision();
    return digits < 0 || digits >= 6 ? of(name) : ColumnType.parse(name + "(" + digits + ")");
  }

  private static ColumnType of(String name) {
    return ColumnType.parse(name);
  }

  /** Returns the digits of a fraction of a second that values of the type have. */
  static OptionalInt fractionDigits(ColumnType type) {
    return switch (type.kind()) {
      case TIME, TIMESTAMP, TIMESTAMPTZ -> OptionalInt.of(type.precision().orElse(6));
      default -> OptionalInt.empty();
    };
  }

  private static final class UnicodeTypeFactory extends JavaTypeFactoryImpl {
    UnicodeTypeFactory() {
      super(EngineTypeSystem.INSTANCE);
    }

    @Override
    public java.nio.charset.Charset getDefaultCharset() {
      return StandardCharsets.UTF_8;
    }
  }
}
