package io.kadb.sql;

import io.kadb.type.ColumnType;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.ScannableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** {@code kadb.offsets} as queries see it: the store's rows with what the transaction changed. */
final class OffsetsTable extends AbstractTable implements ScannableTable {
  static final String SCHEMA = "kadb";
  static final String NAME = "offsets";
  static final List<String> COLUMNS = List.of("ftoid", "prt", "off");

  /** Returns the table as metadata shows it. */
  static TableDescription description() {
    return new TableDescription(
        SCHEMA,
        NAME,
        "SYSTEM TABLE",
        "for each partition of each foreign table the first offset not yet read",
        List.of(
            column(0, ColumnType.OID),
            column(1, ColumnType.INTEGER),
            column(2, ColumnType.BIGINT)));
  }

  private static ResultColumn column(int place, ColumnType type) {
    return new ResultColumn(COLUMNS.get(place), type, false, SCHEMA, NAME);
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory factory) {
    return factory
        .builder()
        .add(COLUMNS.get(0), SqlTypeName.BIGINT)
        .add(COLUMNS.get(1), SqlTypeName.INTEGER)
        .add(COLUMNS.get(2), SqlTypeName.BIGINT)
        .nullable(true)
        .build();
  }

  @Override
  public Enumerable<@Nullable Object[]> scan(DataContext context) {
    List<@Nullable Object[]> rows =
        StatementRun.of(context).offsets().stream()
            .map(row -> new Object[] {row.ftoid(), row.partition(), row.offset()})
            .<@Nullable Object[]>map(row -> row)
            .toList();
    return Linq4j.asEnumerable(rows);
  }
}
