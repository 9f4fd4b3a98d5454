package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.kafka.ClusterSurvey;
import io.kadb.kafka.ClusterSurvey.Partition;
import io.kadb.kafka.Partial;
import io.kadb.message.OffsetRange;
import io.kadb.option.Option;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks how far tables are behind: partitions and offsets, and if wanted what groups committed and
 * the time of the next message.
 *
 * @param stored the stored offsets by OID and partition
 * @param wanted the columns wanted of those that need a question of their own
 */
record LagQuestion(Map<Long, SortedMap<Integer, Long>> stored, Set<Extra> wanted)
    implements TableSurvey.Question<SortedMap<Integer, PartitionLag>> {
  /** What is asked only if somebody wants to know. */
  enum Extra {
    COMMITTED,
    NEXT_TIMESTAMP
  }

  /** What is being found out about one table. */
  private static final class Findings {
    final TableSurvey.Subject subject;
    final SortedMap<Integer, Partition> partitions;
    final Map<Integer, OffsetRange> unread = new TreeMap<>();
    Map<Integer, Long> committed = Map.of();
    Map<Integer, Long> timestamps = Map.of();
    @Nullable KadbException failure;

    Findings(TableSurvey.Subject subject, Partial<SortedMap<Integer, Partition>> found) {
      this.subject = subject;
      this.partitions = found.found();
      this.failure = found.failure().orElse(null);
    }

    void fail(KadbException why) {
      failure = failure == null ? why : failure;
    }
  }

  @Override
  public Map<Long, Partial<SortedMap<Integer, PartitionLag>>> ask(
      ClusterSurvey cluster, List<TableSurvey.Subject> tables, Duration limit) {
    Map<String, Partial<SortedMap<Integer, Partition>>> topics =
        TopicViews.topics(cluster, tables, limit);
    List<Findings> all = new ArrayList<>();
    for (TableSurvey.Subject table : tables) {
      Findings findings = new Findings(table, topics.get(table.topic()));
      findUnread(findings);
      all.add(findings);
    }
    if (wanted.contains(Extra.COMMITTED)) {
      askCommitted(cluster, all, limit);
    }
    if (wanted.contains(Extra.NEXT_TIMESTAMP)) {
      rounds(all).forEach(round -> askTimestamps(cluster, round, limit));
    }
    Map<Long, Partial<SortedMap<Integer, PartitionLag>>> answers = new HashMap<>();
    for (Findings findings : all) {
      answers.put(
          findings.subject.table().ftoid(),
          new Partial<>(lags(findings), Optional.ofNullable(findings.failure)));
    }
    return answers;
  }

  private SortedMap<Integer, Long> storedOf(TableSurvey.Subject subject) {
    return stored.getOrDefault(subject.table().ftoid(), new TreeMap<>());
  }

  private OptionalLong storedOf(TableSurvey.Subject subject, int partition) {
    return optional(storedOf(subject).get(partition));
  }

  private static OptionalLong optional(@Nullable Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private void findUnread(Findings findings) {
    TableSurvey.Subject subject = findings.subject;
    OptionalLong initial =
        subject.options().bool(Option.AUTOMATIC_OFFSETS)
            ? OptionalLong.of(subject.options().bigint(Option.INITIAL_OFFSET))
            : OptionalLong.empty();
    findings.partitions.forEach(
        (number, partition) ->
            partition
                .range()
                .ifPresent(
                    available -> {
                      OptionalLong offset = storedOf(subject, number);
                      PartitionLag.unread(offset, initial, available)
                          .ifPresentOrElse(
                              range -> findings.unread.put(number, range),
                              () -> checkPastEnd(findings, number, offset, available));
                    }));
  }

  private static void checkPastEnd(
      Findings findings, int partition, OptionalLong stored, OffsetRange available) {
    if (stored.isPresent()) {
      findings.fail(
          new KadbException(
              ErrorCode.OFFSET_OUT_OF_RANGE,
              "%s[%s]: the stored offset %s is past the end offset %s"
                  .formatted(
                      findings.subject.topic(), partition, stored.getAsLong(), available.end())));
    }
  }

  private static String group(Findings findings) {
    return findings.subject.options().groupId().orElseThrow();
  }

  private static void askCommitted(ClusterSurvey cluster, List<Findings> all, Duration limit) {
    Map<String, Map<String, Collection<Integer>>> groups = new HashMap<>();
    for (Findings findings : all) {
      if (!findings.partitions.isEmpty()) {
        groups
            .computeIfAbsent(group(findings), g -> new HashMap<>())
            .put(findings.subject.topic(), findings.partitions.keySet());
      }
    }
    if (groups.isEmpty()) {
      return;
    }
    try {
      Map<String, Partial<Map<String, Map<Integer, Long>>>> committed =
          cluster.committed(groups, limit);
      for (Findings findings : all) {
        Partial<Map<String, Map<Integer, Long>>> ofGroup = committed.get(group(findings));
        if (ofGroup != null) {
          findings.committed = ofGroup.found().getOrDefault(findings.subject.topic(), Map.of());
          ofGroup.failure().ifPresent(findings::fail);
        }
      }
    } catch (KadbException e) {
      all.forEach(findings -> findings.fail(e));
    }
  }

  /** Deals tables into rounds, so that each topic is read from one place at a time. */
  private static Collection<List<Findings>> rounds(List<Findings> all) {
    Map<String, Integer> seen = new HashMap<>();
    Map<Integer, List<Findings>> rounds = new LinkedHashMap<>();
    for (Findings findings : all) {
      if (findings.unread.values().stream().anyMatch(range -> !range.isEmpty())) {
        int round = seen.merge(findings.subject.topic(), 1, Integer::sum);
        rounds.computeIfAbsent(round, r -> new ArrayList<>()).add(findings);
      }
    }
    return rounds.values();
  }

  private static void askTimestamps(ClusterSurvey cluster, List<Findings> round, Duration limit) {
    Map<String, Map<Integer, OffsetRange>> ranges = new HashMap<>();
    round.forEach(findings -> ranges.put(findings.subject.topic(), findings.unread));
    try {
      Partial<Map<String, Map<Integer, Long>>> found = cluster.firstTimestamps(ranges, limit);
      for (Findings findings : round) {
        findings.timestamps = found.found().getOrDefault(findings.subject.topic(), Map.of());
        if (!findings.timestamps.keySet().containsAll(findings.unread.keySet())) {
          found.failure().ifPresent(findings::fail);
        }
      }
    } catch (KadbException e) {
      round.forEach(findings -> findings.fail(e));
    }
  }

  private SortedMap<Integer, PartitionLag> lags(Findings findings) {
    SortedMap<Integer, PartitionLag> lags = new TreeMap<>();
    findings.partitions.forEach(
        (number, partition) ->
            lags.put(
                number,
                new PartitionLag(
                    storedOf(findings.subject, number),
                    partition.range(),
                    Optional.ofNullable(findings.unread.get(number)),
                    optional(findings.committed.get(number)),
                    optional(findings.timestamps.get(number)))));
    return lags;
  }
}
