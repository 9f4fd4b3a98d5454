package io.kadb.sql;

import io.kadb.option.ClientProperties;
import io.kadb.option.Option;
import io.kadb.option.OptionSet;
import java.time.Duration;

/**
 * A topic that messages go to.
 *
 * @param client how its cluster is reached
 * @param limit the time a metadata request may take
 */
record TopicTarget(ClientProperties client, String topic, Duration limit) {
  /** Returns the topic of a table with these options. */
  static TopicTarget of(OptionSet options) {
    return new TopicTarget(
        options.clientProperties(),
        options.text(Option.TOPIC),
        options.duration(Option.LATENCY_MS));
  }
}
