package io.kadb.kafka;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;

/**
 * What each admin client was last told of topics. It is good for guesses only: with it a question
 * about partitions can be put before it is known again which there are, and its answer holds if the
 * topic turns out to be the same.
 *
 * <p>Thread-safe. It knows of a client as long as somebody else does.
 */
final class KnownTopics {
  private static final int MOST = 256;

  private final Map<Admin, Map<String, Topic>> topics = new WeakHashMap<>();

  /**
   * A topic at one moment.
   *
   * @param id another one than that of an earlier topic of the same name
   * @param partitions in the order in which Kafka returns them
   */
  record Topic(Uuid id, List<Integer> partitions) {
    Topic {
      partitions = List.copyOf(partitions);
    }

    static Topic of(TopicDescription description) {
      return new Topic(
          description.topicId(),
          description.partitions().stream().map(TopicPartitionInfo::partition).toList());
    }
  }

  /** Returns what a client was told of a topic. */
  synchronized Optional<Topic> get(Admin admin, String name) {
    return Optional.ofNullable(topics.getOrDefault(admin, Map.of()).get(name));
  }

  /** Notes what a client was told. */
  synchronized void note(Admin admin, String name, Topic topic) {
    topics.computeIfAbsent(admin, a -> new Latest()).put(name, topic);
  }

  /** The topics asked about last. */
  private static final class Latest extends LinkedHashMap<String, Topic> {
    private static final long serialVersionUID = 1;

    Latest() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Topic> eldest) {
      return size() > MOST;
    }
  }
}
