package io.kadb.sql;

import io.kadb.catalog.Definitions;
import io.kadb.catalog.ForeignTable;
import io.kadb.catalog.TableName;
import io.kadb.kafka.TopicWriter;
import io.kadb.option.Option;
import io.kadb.option.OptionSet;
import java.util.Optional;

/** Finds the topic behind a table that is to be written. */
final class TableWriting {
  private final SessionState session;

  TableWriting(SessionState session) {
    this.session = session;
  }

  /**
   * Opens the topic of a table for writing: of a foreign table, or of schema {@code topics} if the
   * connection was given brokers.
   *
   * @param table its name as a text in SQL would have it, or its OID in digits
   */
  TopicWriter open(String table) {
    session.checkWritable("writing to a topic");
    OptionSet options = options(table);
    return TopicWriter.open(
        session.clients(),
        options.clientProperties(),
        options.text(Option.TOPIC),
        options.duration(Option.LATENCY_MS));
  }

  private OptionSet options(String table) {
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
}
