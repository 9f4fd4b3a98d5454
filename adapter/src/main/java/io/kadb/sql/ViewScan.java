package io.kadb.sql;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.tree.Blocks;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/**
 * A system view in a plan: the wanted columns and the foreign tables it is about, because what is
 * not wanted need not be asked of brokers.
 */
final class ViewScan extends TableScan implements EnumerableRel {
  private static final Method OPEN = openMethod();

  /** The share of rows that conditions are taken to leave. */
  private static final double CHOSEN_TABLES = 0.1;

  private final ViewSpec spec;

  private ViewScan(RelOptCluster cluster, RelTraitSet traits, RelOptTable table, ViewSpec spec) {
    super(cluster, traits, List.of(), table);
    this.spec = spec;
  }

  /** Returns a scan of all columns and tables. */
  static ViewScan of(RelOptCluster cluster, RelOptTable table, SystemView view) {
    List<Integer> all = IntStream.range(0, view.columns().size()).boxed().toList();
    return new ViewScan(
        cluster,
        cluster.traitSetOf(EnumerableConvention.INSTANCE),
        table,
        new ViewSpec(view, all, List.of()));
  }

  ViewSpec spec() {
    return spec;
  }

  /** Returns this scan with other wants. */
  ViewScan with(ViewSpec newSpec) {
    return new ViewScan(getCluster(), traitSet, table, newSpec);
  }

  @Override
  public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
    return new ViewScan(getCluster(), traitSet, table, spec);
  }

  @Override
  public RelDataType deriveRowType() {
    RelDataTypeFactory.Builder row = getCluster().getTypeFactory().builder();
    spec.fields().forEach(field -> row.add(table.getRowType().getFieldList().get(field)));
    return row.build();
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer)
        .item("columns", spec.columnNames())
        .itemIf("tables", spec.conditions(), !spec.conditions().isEmpty());
  }

  @Override
  public void register(RelOptPlanner planner) {
    ScanRules.ofViews().forEach(planner::addRule);
  }

  @Override
  public double estimateRowCount(RelMetadataQuery mq) {
    double all = super.estimateRowCount(mq);
    return spec.conditions().isEmpty() ? all : all * CHOSEN_TABLES;
  }

  @Override
  public RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery mq) {
    double rows = estimateRowCount(mq);
    double columns = (spec.fields().size() + 2.0) / (table.getRowType().getFieldCount() + 2.0);
    return planner.getCostFactory().makeCost(rows * columns, rows, 0);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer pref) {
    PhysType physType =
        PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY, false);
    return implementor.result(
        physType,
        Blocks.toBlock(
            Expressions.call(
                OPEN, implementor.getRootExpression(), implementor.stash(spec, Object.class))));
  }

  private static Method openMethod() {
    try {
      return GeneratedCalls.class.getMethod("view", DataContext.class, Object.class);
    } catch (NoSuchMethodException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
