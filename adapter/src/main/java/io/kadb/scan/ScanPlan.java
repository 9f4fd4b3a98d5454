package io.kadb.scan;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.error.Notice;
import io.kadb.message.OffsetRange;
import io.kadb.message.PartitionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one statement reads of one table, fixed once: a range for each partition, dealt to segments.
 *
 * @param segments for each segment the ranges of its partitions; no segment is empty
 * @param starts for each partition of the scan where it starts
 * @param notices what the user should know about the starts
 */
public record ScanPlan(
    List<List<PartitionRange>> segments, SortedMap<Integer, Start> starts, List<Notice> notices) {
  public ScanPlan {
    segments = List.copyOf(segments);
    notices = List.copyOf(notices);
  }

  /**
   * Where a partition starts.
   *
   * @param stored the stored offset; empty if the store has none
   * @param offset the first offset to read
   */
  public record Start(OptionalLong stored, long offset) {}

  /**
   * How a table wants to be read.
   *
   * @param table the table's name, for hints
   */
  public record Settings(
      String table,
      ScanMode mode,
      String topic,
      int segments,
      long initialOffset,
      boolean automatic) {}

  /**
   * What was found when the statement began.
   *
   * @param partitions the wanted partitions that Kafka has, in Kafka's order
   * @param watermarks earliest and end offset of each of them
   * @param stored the stored offsets of the wanted partitions, also of such that Kafka has not
   * @param everyPartitionWanted whether the statement leaves no partition out
   */
  public record Found(
      List<Integer> partitions,
      Map<Integer, OffsetRange> watermarks,
      SortedMap<Integer, Long> stored,
      boolean everyPartitionWanted) {}

  /**
   * Plans a scan.
   *
   * @param bounded whether the scan ends at the end offsets found, rather than waiting for more
   * @throws KadbException 55000 if a stored offset is past the end, or, without automatic offsets,
   *     below the earliest or of a partition that Kafka does not have
   */
  public static ScanPlan of(Settings settings, Found found, boolean bounded) {
    List<Notice> notices = new ArrayList<>();
    Planner planner = new Planner(settings, found, notices);
    boolean fromStored = settings.mode().fromStoredOffsets();
    if (fromStored) {
      planner.checkStray();
    }
    SortedMap<Integer, Start> starts = new TreeMap<>();
    List<PartitionRange> ranges = new ArrayList<>();
    for (int partition : found.partitions()) {
      OffsetRange available = found.watermarks().get(partition);
      if (fromStored) {
        planner
            .start(partition, available)
            .ifPresent(
                start -> {
                  starts.put(partition, start);
                  ranges.add(
                      new PartitionRange(
                          partition,
                          bounded
                              ? new OffsetRange(start.offset(), available.end())
                              : OffsetRange.from(start.offset())));
                });
      } else {
        starts.put(partition, new Start(OptionalLong.empty(), available.start()));
        ranges.add(new PartitionRange(partition, available));
      }
    }
    if (ranges.isEmpty() && found.everyPartitionWanted()) {
      notices.add(planner.nothingToRead());
    }
    return new ScanPlan(SegmentDistribution.deal(ranges, settings.segments()), starts, notices);
  }

  /** Finds the start of partitions that are read from their stored offsets. */
  private record Planner(Settings settings, Found found, List<Notice> notices) {
    void checkStray() {
      if (settings.automatic()) {
        return;
      }
      Set<Integer> there = Set.copyOf(found.partitions());
      for (int partition : found.stored().keySet()) {
        if (!there.contains(partition)) {
          throw outOfRange(
                  partition,
                  "kadb.offsets has a row for this partition, but Kafka does not have it")
              .withHint("delete the row, or set option k_automatic_offsets to true");
        }
      }
    }

    Notice nothingToRead() {
      int partitions = found.partitions().size();
      String topic = "topic " + settings.topic();
      return Notice.warning(
          partitions == 0
              ? topic + " has no partition to read"
              : topic
                  + " has "
                  + (partitions == 1 ? "a partition" : partitions + " partitions")
                  + ", but no offset is stored for any, and without k_automatic_offsets none is"
                  + " read (hint: SELECT kadb.partitions_obtain('"
                  + settings.table()
                  + "'))");
    }

    Optional<Start> start(int partition, OffsetRange available) {
      Long stored = found.stored().get(partition);
      if (stored == null && !settings.automatic()) {
        return Optional.empty();
      }
      long wanted = stored != null ? stored : settings.initialOffset();
      if (stored == null) {
        notices.add(
            Notice.notice(
                place(partition)
                    + " is new: it is read from offset "
                    + wanted
                    + " on (k_initial_offset)"));
      }
      if (wanted > available.end()) {
        throw pastEnd(partition, stored != null, wanted, available.end());
      }
      if (wanted < available.start()) {
        raise(partition, stored != null, wanted, available.start());
        wanted = available.start();
      }
      return Optional.of(
          new Start(stored == null ? OptionalLong.empty() : OptionalLong.of(stored), wanted));
    }

    private void raise(int partition, boolean isStored, long wanted, long earliest) {
      if (!settings.automatic()) {
        throw outOfRange(
                partition,
                "the stored offset "
                    + wanted
                    + " is below the earliest offset "
                    + earliest
                    + " that Kafka still has")
            .withHint("set the offset in kadb.offsets, or option k_automatic_offsets to true");
      }
      notices.add(
          Notice.notice(
              place(partition)
                  + ": "
                  + (isStored ? "stored" : "initial")
                  + " offset "
                  + wanted
                  + " is raised to the earliest offset "
                  + earliest));
    }

    private KadbException pastEnd(int partition, boolean isStored, long wanted, long end) {
      return isStored
          ? outOfRange(partition, "the stored offset " + wanted + " is past the end offset " + end)
              .withHint("the topic was truncated or created again; set the offset in kadb.offsets")
          : outOfRange(partition, "the initial offset " + wanted + " is past the end offset " + end)
              .withHint("lower option k_initial_offset");
    }

    private KadbException outOfRange(int partition, String what) {
      return new KadbException(ErrorCode.OFFSET_OUT_OF_RANGE, place(partition) + ": " + what);
    }

    private String place(int partition) {
      return settings.topic() + "[" + partition + "]";
    }
  }
}
