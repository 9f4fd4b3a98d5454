package io.kadb.sql;

import io.kadb.catalog.Definitions;
import io.kadb.catalog.ForeignTable;
import io.kadb.kafka.ClusterSurvey;
import io.kadb.kafka.ClusterSurvey.Partition;
import io.kadb.kafka.Partial;
import io.kadb.message.OffsetRange;
import io.kadb.store.OffsetRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rows of the views that ask brokers. What could not be found out is NULL. */
final class TopicViews {
  private TopicViews() {}

  static List<@Nullable Object[]> partitions(ViewRequest request) {
    Definitions definitions = request.definitions();
    List<ForeignTable> tables = request.tables(definitions);
    Map<Long, SortedMap<Integer, Partition>> answers =
        new TableSurvey(request.run()).answers(definitions, tables, TopicViews::askPartitions);
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (ForeignTable table : tables) {
      SortedMap<Integer, Partition> found = answers.getOrDefault(table.ftoid(), new TreeMap<>());
      found.forEach(
          (number, partition) ->
              rows.add(
                  SystemViews.row(
                      table.ftoid(),
                      table.name().schema(),
                      table.name().table(),
                      number,
                      partition.leader().isPresent() ? partition.leader().getAsInt() : null,
                      partition.range().map(OffsetRange::start).orElse(null),
                      partition.range().map(OffsetRange::end).orElse(null))));
      if (found.isEmpty()) {
        rows.add(
            SystemViews.row(
                table.ftoid(),
                table.name().schema(),
                table.name().table(),
                null,
                null,
                null,
                null));
      }
    }
    return rows;
  }

  private static Map<Long, Partial<SortedMap<Integer, Partition>>> askPartitions(
      ClusterSurvey cluster, List<TableSurvey.Subject> tables, Duration limit) {
    Map<String, Partial<SortedMap<Integer, Partition>>> topics = topics(cluster, tables, limit);
    Map<Long, Partial<SortedMap<Integer, Partition>>> answers = new HashMap<>();
    tables.forEach(t -> answers.put(t.table().ftoid(), topics.get(t.topic())));
    return answers;
  }

  static Map<String, Partial<SortedMap<Integer, Partition>>> topics(
      ClusterSurvey cluster, List<TableSurvey.Subject> tables, Duration limit) {
    return cluster.topics(
        new TreeSet<>(tables.stream().map(TableSurvey.Subject::topic).toList()), limit);
  }

  static List<@Nullable Object[]> lag(ViewRequest request) {
    Definitions definitions = request.definitions();
    List<ForeignTable> tables = request.tables(definitions);
    Map<Long, SortedMap<Integer, Long>> stored = new HashMap<>();
    for (OffsetRow row : request.run().offsets()) {
      stored
          .computeIfAbsent(row.ftoid(), ftoid -> new TreeMap<>())
          .put(row.partition(), row.offset());
    }
    Set<LagQuestion.Extra> extras = EnumSet.noneOf(LagQuestion.Extra.class);
    if (request.wants("committed_off")) {
      extras.add(LagQuestion.Extra.COMMITTED);
    }
    if (request.wants("next_timestamp")) {
      extras.add(LagQuestion.Extra.NEXT_TIMESTAMP);
    }
    LagQuestion question = new LagQuestion(stored, extras);
    Map<Long, SortedMap<Integer, PartitionLag>> answers =
        new TableSurvey(request.run()).answers(definitions, tables, question);
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (ForeignTable table : tables) {
      SortedMap<Integer, PartitionLag> lags = new TreeMap<>();
      stored
          .getOrDefault(table.ftoid(), new TreeMap<>())
          .forEach((partition, offset) -> lags.put(partition, PartitionLag.ofStored(offset)));
      lags.putAll(answers.getOrDefault(table.ftoid(), new TreeMap<>()));
      lags.forEach((partition, lag) -> rows.add(row(table, partition, lag)));
      if (lags.isEmpty()) {
        rows.add(row(table, null, PartitionLag.UNKNOWN));
      }
    }
    return rows;
  }

  private static @Nullable Object[] row(
      ForeignTable table, @Nullable Integer partition, PartitionLag lag) {
    return SystemViews.row(
        table.ftoid(),
        table.name().schema(),
        table.name().table(),
        partition,
        number(lag.stored()),
        lag.available().map(OffsetRange::start).orElse(null),
        lag.available().map(OffsetRange::end).orElse(null),
        number(lag.committed()),
        lag.unread().map(range -> range.end() - range.start()).orElse(null),
        number(lag.nextTimestamp()));
  }

  private static @Nullable Long number(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
