package io.kadb.sql;

import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/** A system view as the engine sees it. */
final class ViewTable extends AbstractTable implements TranslatableTable {
  private final SystemView view;

  ViewTable(SystemView view) {
    this.view = view;
  }

  SystemView view() {
    return view;
  }

  @Override
  public Schema.TableType getJdbcTableType() {
    return Schema.TableType.SYSTEM_VIEW;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory factory) {
    RelDataTypeFactory.Builder row = factory.builder();
    for (SystemView.Column column : view.columns()) {
      RelDataType type = EngineTypes.toEngine(factory, column.type());
      row.add(column.name(), factory.createTypeWithNullability(type, true));
    }
    return row.build();
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
    return ViewScan.of(context.getCluster(), table, view);
  }
}
