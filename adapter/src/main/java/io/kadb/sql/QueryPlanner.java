package io.kadb.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.calcite.DataContexts;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableInterpretable;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelCollationTraitDef;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexExecutorImpl;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql2rel.ConvertToChecked;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.apache.calcite.tools.Programs;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a parsed query into a {@link PlannedQuery}: validate, convert, optimise, compile. */
final class QueryPlanner {
  private static final Logger LOGGER = LoggerFactory.getLogger(QueryPlanner.class);
  private static final CalciteConnectionConfig CONFIG = config();

  /** Constants are folded only once times are exact: the engine would cut them to milliseconds. */
  private static final RexExecutor NO_FOLDING =
      (rexBuilder, constants, folded) -> folded.addAll(constants);

  /** A longer IN list becomes a join: partitions are not chosen by it any more. */
  private static final int MAX_IN_LIST = 1000;

  private final JavaTypeFactoryImpl typeFactory = EngineTypes.factory();
  private final CalciteSchema root;
  private final CalciteCatalogReader reader;

  /**
   * Creates a planner.
   *
   * @param root the schema that holds all others
   * @param schema the schema in which names without one are looked for first
   */
  QueryPlanner(CalciteSchema root, String schema) {
    this.root = root;
    this.reader = new CalciteCatalogReader(root, List.of(schema), typeFactory, CONFIG);
  }

  /** Returns whether a name as written is that of a table or view. */
  boolean isTable(List<String> name) {
    return reader.getTable(name) != null;
  }

  /** Returns the foreign table of a name as written. */
  Optional<KafkaTable> foreignTable(List<String> name) {
    return Optional.ofNullable(reader.getTable(name)).map(table -> table.unwrap(KafkaTable.class));
  }

  /** Plans a query. */
  PlannedQuery plan(SqlNode query) {
    StatementValidator validator = new StatementValidator(reader, typeFactory);
    SqlNode validated = validator.validate(query);
    List<ResultColumn> columns = new ResultColumns(validator, root).of(validated);
    RelRoot converted = convert(validator, validated);
    boolean exactTimes = false;
    try {
      converted =
          converted.withRel(
              ExactTimes.onlyOnTop(converted.rel)
                  ? ExactTimes.onTop(converted.rel)
                  : ExactTimes.in(converted.rel));
      exactTimes = true;
    } catch (ExactTimes.NotRewritable e) {
      LOGGER.debug("times of this query are milliseconds: {}", e.getMessage());
    }
    converted.rel.getCluster().getPlanner().setExecutor(new RexExecutorImpl(DataContexts.EMPTY));
    EnumerableRel physical =
        (EnumerableRel) BigintSums.in(TextCasts.inFinished(physical(converted)));
    Map<String, Object> stash = new HashMap<>();
    Bindable<@Nullable Object> compiled =
        uncheckedBindable(
            EnumerableInterpretable.toBindable(
                stash, null, CancelCheck.around(physical), EnumerableRel.Prefer.ARRAY));
    // All that was considered on the way would be kept as long as the plan is.
    converted.rel.getCluster().getPlanner().clear();
    return new PlannedQuery(
        physical,
        columns,
        validator.getParameterRowType(validated),
        compiled,
        stash,
        root,
        exactTimes);
  }

  private RelRoot convert(StatementValidator validator, SqlNode validated) {
    VolcanoPlanner planner = new VolcanoPlanner(null, Contexts.of(CONFIG));
    planner.setExecutor(NO_FOLDING);
    planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
    planner.addRelTraitDef(RelCollationTraitDef.INSTANCE);
    RelOptUtil.registerDefaultRules(planner, false, false);
    planner.removeRule(EnumerableRules.ENUMERABLE_LIMIT_RULE);
    planner.addRule(ExactLimit.RULE);
    RelOptCluster cluster = RelOptCluster.create(planner, new CuttingCasts(typeFactory));
    RelOptTable.ViewExpander noViews =
        (rowType, queryString, schemaPath, viewPath) -> {
          throw new UnsupportedOperationException("views");
        };
    SqlToRelConverter converter =
        new SqlToRelConverter(
            noViews,
            validator,
            reader,
            cluster,
            StandardConvertletTable.INSTANCE,
            SqlToRelConverter.config()
                .withTrimUnusedFields(true)
                .withExpand(false)
                .withInSubQueryThreshold(MAX_IN_LIST));
    RelRoot converted = converter.convertQuery(validated, false, true);
    RelNode plain = withoutSubqueries(converter.flattenTypes(converted.rel, true));
    // Without this, sums and products of integers wrap around silently.
    RelNode checked = new ConvertToChecked(cluster.getRexBuilder(), true).visit(plain);
    RelNode trimmed = converter.trimUnusedFields(false, checked);
    return converted.withRel(ExactSums.in(DateParameters.in(TextCasts.in(trimmed))));
  }

  /** Turns subqueries into joins, so that rewriting need not look for plans in expressions. */
  private static RelNode withoutSubqueries(RelNode plan) {
    RelNode joined =
        Programs.subQuery(DefaultRelMetadataProvider.INSTANCE)
            .run(plan.getCluster().getPlanner(), plan, plan.getTraitSet(), List.of(), List.of());
    return RelDecorrelator.decorrelateQuery(
        joined, RelFactories.LOGICAL_BUILDER.create(joined.getCluster(), null));
  }

  private static EnumerableRel physical(RelRoot converted) {
    RelTraitSet wanted =
        converted
            .rel
            .getTraitSet()
            .replace(EnumerableConvention.INSTANCE)
            .replace(converted.collation)
            .simplify();
    RelNode optimised =
        Programs.standard()
            .run(
                converted.rel.getCluster().getPlanner(),
                converted.rel,
                wanted,
                List.of(),
                List.of());
    EnumerableRel physical = (EnumerableRel) optimised;
    return converted.isRefTrivial() ? physical : projected(converted, physical);
  }

  /** Takes away columns that only ORDER BY needed. */
  private static EnumerableRel projected(RelRoot converted, EnumerableRel physical) {
    RexBuilder rexBuilder = physical.getCluster().getRexBuilder();
    List<RexNode> projects = new ArrayList<>();
    for (int field : converted.fields.leftList()) {
      projects.add(rexBuilder.makeInputRef(physical, field));
    }
    return EnumerableCalc.create(
        physical,
        RexProgram.create(
            physical.getRowType(), projects, null, converted.validatedRowType, rexBuilder));
  }

  @SuppressWarnings("unchecked")
  private static Bindable<@Nullable Object> uncheckedBindable(Bindable<?> bindable) {
    return (Bindable<@Nullable Object>) bindable;
  }

  private static CalciteConnectionConfig config() {
    Properties properties = new Properties();
    properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "true");
    properties.setProperty(CalciteConnectionProperty.CONFORMANCE.camelName(), "LENIENT");
    return new CalciteConnectionConfigImpl(properties);
  }
}
