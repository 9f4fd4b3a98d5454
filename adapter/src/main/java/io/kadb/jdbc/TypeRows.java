package io.kadb.jdbc;

import static java.sql.DatabaseMetaData.typeNullable;
import static java.sql.DatabaseMetaData.typeSearchable;

import io.kadb.type.ColumnType;
import io.kadb.type.TypeKind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The types that a column may have, as {@link java.sql.DatabaseMetaData#getTypeInfo} lists them.
 */
final class TypeRows {
  private TypeRows() {}

  /** Returns a row for each type, by JDBC's code and then the order in which kadb prefers them. */
  static List<List<@Nullable Object>> all() {
    return Arrays.stream(TypeKind.values())
        .filter(kind -> kind != TypeKind.OTHER)
        .sorted(Comparator.comparingInt(kind -> JdbcType.of(kind).code()))
        .map(TypeRows::row)
        .toList();
  }

  private static List<@Nullable Object> row(TypeKind kind) {
    JdbcType type = JdbcType.of(kind);
    ColumnType column = ColumnType.of(kind);
    boolean number = JdbcType.radix(kind) == 10;
    String quote = number || kind == TypeKind.BOOLEAN ? null : "'";
    int maximumPrecision =
        switch (kind) {
          case NUMERIC -> ColumnType.MAX_NUMERIC_PRECISION;
          case VARCHAR, CHAR -> ColumnType.MAX_LENGTH;
          default -> type.precision();
        };
    return MetaTable.row(
        column.name(),
        type.code(),
        maximumPrecision,
        quote,
        quote,
        parameters(kind),
        (short) typeNullable,
        JdbcType.caseSensitive(kind),
        (short) typeSearchable,
        !JdbcType.signed(kind),
        false,
        false,
        null,
        (short) 0,
        (short) (kind == TypeKind.NUMERIC ? ColumnType.MAX_NUMERIC_PRECISION : type.scale()),
        null,
        null,
        10);
  }

  private static @Nullable String parameters(TypeKind kind) {
    return switch (kind) {
      case NUMERIC -> "precision,scale";
      case VARCHAR, CHAR -> "length";
      case TIME, TIMESTAMP, TIMESTAMPTZ -> "precision";
      default -> null;
    };
  }
}
