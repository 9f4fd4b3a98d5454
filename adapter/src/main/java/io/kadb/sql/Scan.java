package io.kadb.sql;

import io.kadb.scan.MessageCondition;
import io.kadb.scan.PartitionPredicate;
import java.lang.reflect.Method;
import java.util.ArrayList;
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
import org.apache.calcite.linq4j.tree.Expression;
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
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlExplainLevel;
import org.apache.calcite.util.BuiltInMethod;

/** A foreign table in a plan: the wanted columns, partitions and messages. */
final class Scan extends TableScan implements EnumerableRel {
  private static final Method OPEN = openMethod();

  /** Under this key a statement finds the specifications of all scans of its plan. */
  static final String SPECS = "kadb.scans";

  /** The share of rows that a choice of partitions, or one of messages, is taken to leave. */
  private static final double CHOSEN = 0.01;

  private final ScanSpec spec;

  private Scan(RelOptCluster cluster, RelTraitSet traits, RelOptTable table, ScanSpec spec) {
    super(cluster, traits, List.of(), table);
    this.spec = spec;
  }

  /** Returns a scan of all columns and partitions. */
  static Scan of(RelOptCluster cluster, RelOptTable table, KafkaTable kafkaTable) {
    List<Integer> all = IntStream.range(0, table.getRowType().getFieldCount()).boxed().toList();
    return new Scan(
        cluster,
        cluster.traitSetOf(EnumerableConvention.INSTANCE),
        table,
        new ScanSpec(kafkaTable, all));
  }

  ScanSpec spec() {
    return spec;
  }

  /** Returns this scan with other columns, by their place in the table's row. */
  Scan withFields(List<Integer> fields) {
    return with(spec.withFields(fields));
  }

  /** Returns this scan with a further condition on the partitions. */
  Scan withPartitions(PartitionPredicate further) {
    return with(spec.withPartitions(further));
  }

  /** Returns this scan with a further condition on the messages. */
  Scan withMessages(MessageCondition further) {
    return with(spec.withMessages(further));
  }

  /** Returns this scan with times as BIGINT microseconds. */
  Scan withExactTimes() {
    return with(spec.withExactTimes());
  }

  private Scan with(ScanSpec newSpec) {
    return new Scan(getCluster(), traitSet, table, newSpec);
  }

  @Override
  public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
    return new Scan(getCluster(), traitSet, table, spec);
  }

  @Override
  public RelDataType deriveRowType() {
    RelDataTypeFactory.Builder row = getCluster().getTypeFactory().builder();
    for (int index : spec.fields()) {
      RelDataTypeField field = table.getRowType().getFieldList().get(index);
      row.add(
          field.getName(),
          spec.exactTimes()
              ? ExactTimeExpressions.exact(getCluster().getTypeFactory(), field.getType())
              : field.getType());
    }
    return row.build();
  }

  /**
   * Which messages are wanted counts in one mode only, and EXPLAIN says so elsewhere; here it tells
   * one scan from another.
   */
  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer)
        .item("columns", spec.columnNames())
        .item("partitions", spec.partitions())
        .itemIf(
            "wanted", spec.messages(), writer.getDetailLevel() == SqlExplainLevel.DIGEST_ATTRIBUTES)
        .itemIf("messages", "rejected", spec.table().ofRejects())
        .itemIf("times", "microseconds", spec.exactTimes());
  }

  @Override
  public void register(RelOptPlanner planner) {
    ScanRules.all().forEach(planner::addRule);
  }

  /** A scan that knows what to leave out must win over a filter that throws rows away later. */
  @Override
  public double estimateRowCount(RelMetadataQuery mq) {
    double rows = super.estimateRowCount(mq);
    if (!spec.partitions().equals(PartitionPredicate.ALL)) {
      rows *= CHOSEN;
    }
    return spec.messages().equals(MessageCondition.ALL) ? rows : rows * CHOSEN;
  }

  /** The fewer columns are decoded, the cheaper. */
  @Override
  public RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery mq) {
    double rows = estimateRowCount(mq);
    double columns = (spec.fields().size() + 2.0) / (table.getRowType().getFieldCount() + 2.0);
    return planner.getCostFactory().makeCost(rows * columns, rows, 0);
  }

  /** The engine takes rows of one column for the values themselves. */
  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer pref) {
    boolean single = spec.fields().size() == 1;
    PhysType physType =
        PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY, single);
    specs(implementor).add(spec);
    Expression rows =
        Expressions.call(
            OPEN, implementor.getRootExpression(), implementor.stash(spec, Object.class));
    return implementor.result(
        physType,
        Blocks.toBlock(single ? Expressions.call(BuiltInMethod.SLICE0.method, rows) : rows));
  }

  @SuppressWarnings("unchecked")
  private static List<ScanSpec> specs(EnumerableRelImplementor implementor) {
    return (List<ScanSpec>)
        implementor.map.computeIfAbsent(SPECS, key -> new ArrayList<ScanSpec>());
  }

  private static Method openMethod() {
    try {
      return GeneratedCalls.class.getMethod("scan", DataContext.class, Object.class);
    } catch (NoSuchMethodException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
