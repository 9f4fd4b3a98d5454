package io.kadb.sql;

import io.kadb.scan.MessageCondition;
import io.kadb.scan.PartitionPredicate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one scan node of a plan wants of its table.
 *
 * @param table the table
 * @param fields the wanted columns by their place in the table's row, in the order of the rows to
 *     give; empty if only their number matters
 * @param partitions which partitions are wanted
 * @param messages which messages are wanted, as far as it is known: a snapshot reads no others
 * @param exactTimes whether times are to come as BIGINT microseconds, rather than in the engine's
 *     own milliseconds
 * @param copied if present, rows come as text of COPY, whose columns are these places in the wanted
 *     ones
 */
record ScanSpec(
    KafkaTable table,
    List<Integer> fields,
    PartitionPredicate partitions,
    MessageCondition messages,
    boolean exactTimes,
    Optional<List<Integer>> copied) {
  ScanSpec {
    fields = List.copyOf(fields);
    copied = copied.map(List::copyOf);
  }

  /** Creates what a scan wants of all messages, whose rows go to the engine. */
  ScanSpec(KafkaTable table, List<Integer> fields) {
    this(table, fields, PartitionPredicate.ALL, MessageCondition.ALL, false, Optional.empty());
  }

  ScanSpec withTable(KafkaTable newTable) {
    return new ScanSpec(newTable, fields, partitions, messages, exactTimes, copied);
  }

  /** Returns the same rows as text of COPY. */
  ScanSpec asCopied(List<Integer> places) {
    return new ScanSpec(table, fields, partitions, messages, exactTimes, Optional.of(places));
  }

  ScanSpec withFields(List<Integer> newFields) {
    return new ScanSpec(table, newFields, partitions, messages, exactTimes, copied);
  }

  ScanSpec withPartitions(PartitionPredicate further) {
    return new ScanSpec(table, fields, partitions.and(further), messages, exactTimes, copied);
  }

  ScanSpec withMessages(MessageCondition further) {
    return new ScanSpec(table, fields, partitions, messages.and(further), exactTimes, copied);
  }

  ScanSpec withExactTimes() {
    return new ScanSpec(table, fields, partitions, messages, true, copied);
  }

  /** Returns the names of the wanted columns, for EXPLAIN. */
  String columnNames() {
    List<String> names = table.fieldNames();
    return fields.stream().map(names::get).collect(Collectors.joining(", ", "[", "]"));
  }
}
