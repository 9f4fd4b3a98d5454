package io.kadb.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;

/**
 * The offsets that the brokers keep for consumer groups.
 *
 * <p>Safe for use by several threads. All methods throw {@link io.kadb.error.KadbException} with
 * the codes of {@link TopicOffsets}, and {@code BAD_OPTION_VALUE} for a group that cannot hold
 * offsets.
 */
public interface GroupOffsets {
  /**
   * Returns the offsets that a group has committed, asked for at once; a partition without one is
   * missing, and so are all of a group that does not exist. Offsets that a producer's open
   * transaction is about to commit are waited for, unless the client's {@code isolation.level} is
   * {@code read_uncommitted}.
   */
  SortedMap<Integer, Long> committed(
      String group, String topic, Collection<Integer> partitions, Duration limit);

  /**
   * Returns if a group, which need not exist, has no live members, so that others can commit.
   *
   * @throws io.kadb.error.KadbException OBJECT_IN_USE if it has
   */
  void requireNoMembers(String group, Duration limit);

  /**
   * Commits offsets for a group: all of them or none.
   *
   * @param offsets for each partition, which must exist, the next offset to read
   * @throws io.kadb.error.KadbException OBJECT_IN_USE if the group has live members: only they can
   *     commit
   */
  void commit(String group, String topic, Map<Integer, Long> offsets, Duration limit);
}
