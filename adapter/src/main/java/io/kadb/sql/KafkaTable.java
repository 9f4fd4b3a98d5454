package io.kadb.sql;

import io.kadb.catalog.ColumnDefinition;
import io.kadb.catalog.ForeignTable;
import io.kadb.option.Option;
import io.kadb.option.OptionSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/**
 * A foreign table as the engine sees it: the declared columns, then the hidden ones. A hidden
 * column whose name a declared one bears does not exist.
 */
final class KafkaTable extends AbstractTable implements TranslatableTable {
  private static final double ASSUMED_ROWS = 1_000_000;

  private final ForeignTable definition;
  private final Supplier<OptionSet> options;
  private final ScanHost host;
  private final List<HiddenColumn> hidden;
  private final boolean ofRejects;

  /**
   * Creates the table.
   *
   * @param options gives the merged options of table, server and connection, or throws what is
   *     wrong with them; asked when the table is read
   * @param host reads the table for statements that bring no host of their own
   */
  KafkaTable(ForeignTable definition, Supplier<OptionSet> options, ScanHost host) {
    this.definition = definition;
    this.options = options;
    this.host = host;
    List<String> declared = definition.columns().stream().map(ColumnDefinition::name).toList();
    this.hidden =
        Arrays.stream(HiddenColumn.values()).filter(h -> !declared.contains(h.label())).toList();
    this.ofRejects = false;
  }

  private KafkaTable(KafkaTable table) {
    this.definition = table.definition;
    this.options = table.options;
    this.host = table.host;
    this.hidden = List.of();
    this.ofRejects = true;
  }

  /**
   * Returns the table that has the rows of the messages in {@code kadb.rejects}, with the declared
   * columns alone.
   */
  KafkaTable rejected() {
    return new KafkaTable(this);
  }

  /** Returns whether the messages are those in {@code kadb.rejects}, rather than Kafka's. */
  boolean ofRejects() {
    return ofRejects;
  }

  /** Returns this table with columns that differ in their defaults. */
  KafkaTable withColumns(List<ColumnDefinition> columns) {
    ForeignTable changed =
        new ForeignTable(
            definition.ftoid(),
            definition.name(),
            definition.server(),
            columns,
            definition.options());
    KafkaTable table = new KafkaTable(changed, options, host);
    return ofRejects ? table.rejected() : table;
  }

  ForeignTable definition() {
    return definition;
  }

  /** Returns the options that hold, with none missing that reading needs. */
  OptionSet options() {
    return options.get().require(definition.name().toString());
  }

  /** Returns the options that hold, although some that reading needs may be missing. */
  OptionSet unchecked() {
    return options.get();
  }

  /** Returns whether the store holds the table, so that it has stored offsets. */
  boolean isDefined() {
    return definition.ftoid() > 0;
  }

  ScanHost host() {
    return host;
  }

  /** Returns the declared columns. */
  List<ColumnDefinition> columns() {
    return definition.columns();
  }

  /** Returns the hidden columns; in a row they follow the declared ones. */
  List<HiddenColumn> hidden() {
    return hidden;
  }

  boolean isHidden(String column) {
    return hidden.stream().anyMatch(h -> h.label().equals(column));
  }

  /** Returns the place of a hidden column among all columns, or nothing if it is shadowed. */
  OptionalInt field(HiddenColumn column) {
    int index = hidden.indexOf(column);
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(columns().size() + index);
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory factory) {
    RelDataTypeFactory.Builder row = factory.builder();
    for (ColumnDefinition column : columns()) {
      RelDataType type = EngineTypes.toEngine(factory, column.type());
      row.add(column.name(), factory.createTypeWithNullability(type, mayBeNull(column)));
    }
    for (HiddenColumn column : hidden) {
      RelDataType type = EngineTypes.toEngine(factory, column.type());
      row.add(column.label(), factory.createTypeWithNullability(type, column.nullable()));
    }
    return row.build();
  }

  /** Rows of messages without a value have NULL in all columns of the value. */
  private boolean mayBeNull(ColumnDefinition column) {
    return !column.notNull()
        || unchecked().bool(Option.TOMBSTONE_ROWS)
            && unchecked()
                .columnText(Option.SOURCE, column.options())
                .filter(source -> !source.equalsIgnoreCase("value"))
                .isEmpty();
  }

  /** A topic is taken to be large: plans should keep the other side of a join in memory. */
  @Override
  public Statistic getStatistic() {
    return Statistics.of(ASSUMED_ROWS, List.of());
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
    return Scan.of(context.getCluster(), table, this);
  }

  /** Returns the names of all columns, hidden ones last. */
  List<String> fieldNames() {
    List<String> names = new ArrayList<>();
    columns().forEach(c -> names.add(c.name()));
    hidden.forEach(h -> names.add(h.label()));
    return names;
  }
}
