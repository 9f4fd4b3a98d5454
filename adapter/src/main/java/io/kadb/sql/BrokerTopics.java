package io.kadb.sql;

import io.kadb.catalog.ColumnDefinition;
import io.kadb.catalog.ForeignTable;
import io.kadb.catalog.TableName;
import io.kadb.error.KadbException;
import io.kadb.kafka.KafkaClients;
import io.kadb.option.Option;
import io.kadb.option.OptionSet;
import io.kadb.type.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The topics of the brokers that a connection was given: each is a table of schema {@code topics}
 * on server {@code kafka} without any definition, with the message's value as its only column, read
 * in snapshots alone.
 */
final class BrokerTopics {
  static final String SCHEMA = "topics";

  private static final String SERVER = "kafka";
  private static final List<ColumnDefinition> COLUMNS =
      List.of(new ColumnDefinition("value", ColumnType.TEXT, false, Optional.empty(), Map.of()));

  private final KafkaClients clients;
  private final Map<String, String> defaults;
  private final Map<String, String> server;

  /**
   * Creates the topics.
   *
   * @param defaults the connection's options
   */
  BrokerTopics(KafkaClients clients, String brokers, Map<String, String> defaults) {
    this.clients = clients;
    this.server = Map.of(Option.BROKERS.optionName(), brokers);
    this.defaults = new LinkedHashMap<>();
    this.defaults.put(Option.CONSUMER_GROUP.optionName(), "kadb");
    this.defaults.put(Option.SEG_BATCH.optionName(), "1000000");
    this.defaults.put(Option.TIMEOUT_MS.optionName(), "10000");
    this.defaults.put(Option.FORMAT.optionName(), "text");
    this.defaults.putAll(defaults);
  }

  /**
   * Asks the brokers for all topics but Kafka's internal ones.
   *
   * @return a table of each, in the order of their names; none has an OID that a store could give
   */
  List<ForeignTable> tables() {
    OptionSet options = OptionSet.merge(defaults, server, Map.of());
    List<ForeignTable> tables = new ArrayList<>();
    List<String> topics =
        clients
            .offsets(options.clientProperties(), () -> false)
            .topics(options.duration(Option.LATENCY_MS));
    for (String topic : topics) {
      tables.add(
          new ForeignTable(
              -1 - tables.size(),
              new TableName(SCHEMA, topic),
              SERVER,
              COLUMNS,
              Map.of(Option.TOPIC.optionName(), topic)));
    }
    return tables;
  }

  /** Returns the tables for metadata: none if the brokers do not answer. */
  List<ForeignTable> tablesIfThere() {
    try {
      return tables();
    } catch (KadbException e) {
      return List.of();
    }
  }

  /** Returns the options of a topic's table. */
  OptionSet options(ForeignTable table) {
    return OptionSet.merge(defaults, server, table.options());
  }
}
