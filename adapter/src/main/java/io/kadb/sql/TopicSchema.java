package io.kadb.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.jspecify.annotations.Nullable;

/** {@link BrokerTopics} as a schema; the brokers are asked when a name in it is looked up. */
final class TopicSchema extends AbstractSchema {
  private final BrokerTopics topics;
  private final ScanHost host;
  private @Nullable Map<String, Table> tables;

  TopicSchema(BrokerTopics topics, ScanHost host) {
    this.topics = topics;
    this.host = host;
  }

  @Override
  protected Map<String, Table> getTableMap() {
    if (tables == null) {
      Map<String, Table> found = new LinkedHashMap<>();
      topics
          .tables()
          .forEach(
              t -> found.put(t.name().table(), new KafkaTable(t, () -> topics.options(t), host)));
      tables = found;
    }
    return tables;
  }
}
