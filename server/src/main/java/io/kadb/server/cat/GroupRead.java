package io.kadb.server.cat;

import io.kadb.jdbc.Topics;
import io.kadb.message.OffsetRange;
import io.kadb.sql.TableTopic;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads from the offsets of a consumer group on, which move in Kafka. What the store says of the
 * table's offsets is neither read nor changed.
 *
 * <p>A partition of which the group has no offset, or one that retention has passed, is read from
 * its earliest message on.
 */
final class GroupRead implements CatRead {
  private final TableTopic topic;
  private final String group;
  private final SortedMap<Integer, OffsetRange> ranges;

  private GroupRead(TableTopic topic, String group, SortedMap<Integer, OffsetRange> ranges) {
    this.topic = topic;
    this.group = group;
    this.ranges = ranges;
  }

  /** Fixes what is read: as many messages of each partition as a batch of the table has. */
  static GroupRead of(Connection connection, String table, String group, Share share)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET kadb.scan_mode = 'snapshot'");
    }
    TableTopic topic = connection.unwrap(Topics.class).topic(table);
    SortedMap<Integer, OffsetRange> available = topic.available();
    available.keySet().removeIf(partition -> !share.has(partition));
    SortedMap<Integer, Long> committed = topic.committed(group, List.copyOf(available.keySet()));
    long most = topic.segmentBatch();
    SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();
    available.forEach(
        (partition, there) -> {
          long start = Math.max(there.start(), committed.getOrDefault(partition, 0L));
          if (start > there.end()) {
            throw new IllegalStateException(
                "partition "
                    + partition
                    + ": group "
                    + group
                    + " stands at "
                    + start
                    + ", past the end "
                    + there.end()
                    + ": the topic was truncated or created again");
          }
          long end = there.end() - start > most ? start + most : there.end();
          ranges.put(partition, new OffsetRange(start, end));
        });
    return new GroupRead(topic, group, ranges);
  }

  @Override
  public String where() {
    String conditions =
        ranges.entrySet().stream()
            .filter(entry -> !entry.getValue().isEmpty())
            .map(GroupRead::condition)
            .collect(Collectors.joining(" OR "));
    return conditions.isEmpty() ? "WHERE _partition < 0" : "WHERE " + conditions;
  }

  private static String condition(Map.Entry<Integer, OffsetRange> range) {
    return "_partition = "
        + range.getKey()
        + " AND _offset >= "
        + range.getValue().start()
        + " AND _offset < "
        + range.getValue().end();
  }

  @Override
  public void commit() {
    Map<Integer, Long> next = new TreeMap<>();
    ranges.forEach((partition, range) -> next.put(partition, range.end()));
    if (!next.isEmpty()) {
      topic.commit(group, next);
    }
  }
}
