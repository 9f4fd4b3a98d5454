package io.kadb.sql;

import io.kadb.scan.PartitionPredicate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one scan node of a plan wants of its table.
 *
 * @param table the table
 * @param fields the wanted columns by their place in the table's row, in the order of the rows to
 *     give; empty if only their number matters
 * @param partitions which partitions are wanted
 */
record ScanSpec(KafkaTable table, List<Integer> fields, PartitionPredicate partitions) {
  ScanSpec {
    fields = List.copyOf(fields);
  }

  /** Returns the names of the wanted columns, for EXPLAIN. */
  String columnNames() {
    List<String> names = table.fieldNames();
    return fields.stream().map(names::get).collect(Collectors.joining(", ", "[", "]"));
  }
}
