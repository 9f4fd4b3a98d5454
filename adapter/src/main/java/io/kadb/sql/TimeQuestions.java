package io.kadb.sql;

import io.kadb.kafka.AppendTimes;
import io.kadb.kafka.KafkaClients;
import io.kadb.kafka.TopicOffsets;
import io.kadb.message.OffsetRange;
import io.kadb.option.ClientProperties;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;

/**
 * Asks Kafka where messages of a time stand in a topic.
 *
 * @param limit how long an answer may take
 */
record TimeQuestions(TopicOffsets offsets, AppendTimes appendTimes, String topic, Duration limit)
    implements WantedOffsets.Questions {
  static TimeQuestions of(
      KafkaClients clients,
      ClientProperties client,
      BooleanSupplier unwanted,
      String topic,
      Duration limit) {
    return new TimeQuestions(
        clients.offsets(client, unwanted), clients.appendTimes(client, unwanted), topic, limit);
  }

  @Override
  public SortedMap<Integer, Long> since(Collection<Integer> partitions, long millis) {
    return offsets.since(topic, partitions, millis, limit);
  }

  @Override
  public SortedMap<Integer, Long> noneOlderFrom(Map<Integer, OffsetRange> available, long millis) {
    return appendTimes.noneOlderFrom(topic, available, millis, limit);
  }
}
