package io.kadb.sql;

import io.kadb.catalog.Definitions;
import io.kadb.catalog.ForeignTable;
import io.kadb.catalog.TableName;
import io.kadb.kafka.GroupOffsets;
import io.kadb.kafka.KafkaClients;
import io.kadb.kafka.TopicOffsets;
import io.kadb.kafka.TopicWriter;
import io.kadb.message.OffsetRange;
import io.kadb.option.Option;
import io.kadb.option.OptionSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The topic behind a table, for what SQL has no words for. Nothing here takes part in the session's
 * transaction. All methods throw {@link io.kadb.error.KadbException}, with the codes of {@link
 * TopicOffsets}.
 */
public final class TableTopic {
  private final SessionState session;
  private final OptionSet options;

  private TableTopic(SessionState session, OptionSet options) {
    this.session = session;
    this.options = options;
  }

  /** Finds the topic of a foreign table, or of one of schema {@code topics}. */
  static TableTopic of(SessionState session, String table) {
    return new TableTopic(session, options(session, table));
  }

  static OptionSet options(SessionState session, String table) {
    Optional<BrokerTopics> topics = session.topics();
    if (topics.isPresent() && !table.strip().matches("[0-9]+")) {
      TableName name = TableNames.resolve(table, session.schema());
      for (ForeignTable topic : topics.get().tables()) {
        if (topic.name().equals(name)) {
          return topics.get().options(topic);
        }
      }
    }
    Definitions definitions = session.storeSession().catalog().read();
    ForeignTable found = TableNames.find(table, definitions, session.schema());
    return ForeignSchema.options(definitions, found, session.defaults());
  }

  /** Opens the topic for writing. */
  public TopicWriter openWriter() {
    session.checkWritable("writing to a topic");
    return TopicWriter.open(session.clients(), options.clientProperties(), topic(), latency());
  }

  /** Returns the partitions with the offsets that can be read now. */
  public SortedMap<Integer, OffsetRange> available() {
    TopicOffsets offsets = session.clients().offsets(options.clientProperties());
    List<Integer> partitions = offsets.partitions(topic(), latency());
    return new TreeMap<>(offsets.watermarks(topic(), partitions, latency()).ranges());
  }

  /** Returns what a consumer group has committed; a partition without an offset is missing. */
  public SortedMap<Integer, Long> committed(String group, List<Integer> partitions) {
    return groups().committed(group, topic(), partitions, latency());
  }

  /**
   * Commits offsets for a consumer group, all or none.
   *
   * @throws io.kadb.error.KadbException 55006 if the group has live members
   */
  public void commit(String group, Map<Integer, Long> offsets) {
    session.checkWritable("committing offsets to a consumer group");
    groups().commit(group, topic(), offsets, latency());
  }

  private GroupOffsets groups() {
    KafkaClients clients = session.clients();
    return clients.groups(options.clientProperties(), () -> false);
  }

  /** Returns the most messages that a segment takes in one statement. */
  public long segmentBatch() {
    return options.bigint(Option.SEG_BATCH);
  }

  /** Returns whether messages that cannot be turned into rows are put aside. */
  public boolean putsMessagesAside() {
    return options.text(Option.ON_ERROR).equals("reject");
  }

  private String topic() {
    return options.text(Option.TOPIC);
  }

  private Duration latency() {
    return options.duration(Option.LATENCY_MS);
  }
}
