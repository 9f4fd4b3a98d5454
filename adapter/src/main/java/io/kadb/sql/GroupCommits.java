package io.kadb.sql;

import io.kadb.error.KadbException;
import io.kadb.kafka.KafkaClients;
import io.kadb.option.ClientProperties;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Offsets that consumer groups are to get once the store has committed, in the order of the calls
 * that asked for it. Immutable.
 *
 * <p>Kafka cannot take part in a transaction of the store. So it comes after the store: a failure
 * leaves a group behind what is stored, which another call repairs, and never ahead of it.
 */
final class GroupCommits {
  static final GroupCommits NONE = new GroupCommits(Map.of());

  private final Map<Target, SortedMap<Integer, Long>> offsets;

  private GroupCommits(Map<Target, SortedMap<Integer, Long>> offsets) {
    this.offsets = offsets;
  }

  /**
   * A consumer group and the foreign table whose offsets it gets.
   *
   * @param table the foreign table, as a call names it
   * @param limit the most time that the commit may take
   */
  record Target(
      String table, ClientProperties client, String group, String topic, Duration limit) {}

  /** Returns these commits and one more, which comes last and beats an earlier one. */
  GroupCommits and(Target target, SortedMap<Integer, Long> next) {
    Map<Target, SortedMap<Integer, Long>> all = new LinkedHashMap<>(offsets);
    SortedMap<Integer, Long> merged = new TreeMap<>();
    @Nullable SortedMap<Integer, Long> earlier = all.remove(target);
    if (earlier != null) {
      merged.putAll(earlier);
    }
    merged.putAll(next);
    all.put(target, merged);
    return new GroupCommits(all);
  }

  /** Returns these commits and then others. */
  GroupCommits and(GroupCommits later) {
    GroupCommits all = this;
    for (Map.Entry<Target, SortedMap<Integer, Long>> entry : later.offsets.entrySet()) {
      all = all.and(entry.getKey(), entry.getValue());
    }
    return all;
  }

  /**
   * Commits for all groups; one that fails does not keep the others from theirs.
   *
   * @param cancelled says whether nobody waits for it any more
   * @throws KadbException the first failure, which says that the store has the offsets
   */
  void run(KafkaClients clients, BooleanSupplier cancelled) {
    @Nullable KadbException failure = null;
    for (Map.Entry<Target, SortedMap<Integer, Long>> entry : offsets.entrySet()) {
      Target target = entry.getKey();
      try {
        clients
            .groups(target.client(), cancelled)
            .commit(target.group(), target.topic(), entry.getValue(), target.limit());
      } catch (KadbException e) {
        if (failure == null) {
          failure = notInTheGroup(target, e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static KadbException notInTheGroup(Target target, KadbException cause) {
    return new KadbException(
            cause.code(),
            "the offsets of foreign table "
                + target.table()
                + " are committed in kadb.offsets, but not to consumer group "
                + target.group()
                + ": "
                + cause.getMessage(),
            cause)
        .withHint("to repeat it, SELECT kadb.commit_offsets('" + target.table() + "')");
  }
}
