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
import java.util.function.Consumer;
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

  /**
   * Fixes what is read: as many messages of each partition as a batch of the table has.
   *
   * @param notices takes what the user should know
   */
  static GroupRead of(
      Connection connection, String table, String group, Share share, Consumer<String> notices)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET kadb.scan_mode = 'snapshot'");
    }
    TableTopic topic = connection.unwrap(Topics.class).topic(table);
    if (topic.putsMessagesAside()) {
      throw new SQLException(
          table
              + " has k_on_error 'reject', but with --group there is no transaction that could keep"
              + " rejected messages: set it to 'fail', or keep offsets in the store",
          "0A000");
    }
    SortedMap<Integer, OffsetRange> available = topic.available();
    available.keySet().removeIf(partition -> !share.has(partition));
    SortedMap<Integer, Long> committed = topic.committed(group, List.copyOf(available.keySet()));
    long most = topic.segmentBatch();
    SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();
    available.forEach(
        (partition, there) -> {
          long stood = committed.getOrDefault(partition, there.start());
          long start = Math.max(there.start(), stood);
          if (stood < there.start()) {
            notices.accept(
                "partition %d: group %s stands at offset %d, the earliest that Kafka has is %d"
                    .formatted(partition, group, stood, there.start()));
          }
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
