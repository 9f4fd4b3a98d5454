package io.kadb.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import io.kadb.error.Notice;
import io.kadb.message.OffsetRange;
import io.kadb.message.PartitionRange;
import io.kadb.scan.ScanPlan.Found;
import io.kadb.scan.ScanPlan.Settings;
import io.kadb.scan.ScanPlan.Start;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanPlanTest {
  private static final Settings AUTOMATIC = settings(ScanMode.CONSUME, 0, true);
  private static final Settings MANUAL = settings(ScanMode.CONSUME, 0, false);

  @Nested
  class StartsOfPartitions {
    @ParameterizedTest
    @EnumSource(
        value = ScanMode.class,
        names = {"CONSUME", "PEEK"})
    void areTheStoredOffsets(ScanMode mode) {
      ScanPlan plan =
          ScanPlan.of(
              settings(mode, 7, true),
              found(Map.of(0, range(0, 10), 1, range(5, 9)), Map.of(0, 3L, 1, 6L)),
              false);
      assertThat(plan.starts()).containsExactly(entry(0, stored(3)), entry(1, stored(6)));
      assertThat(ranges(plan)).containsExactlyInAnyOrder("0: from 3", "1: from 6");
      assertThat(plan.notices()).isEmpty();
    }

    @Test
    void areTheInitialOffsetForNewPartitionsAndANoticeSaysSo() {
      ScanPlan plan =
          ScanPlan.of(
              settings(ScanMode.CONSUME, 4, true),
              found(Map.of(0, range(0, 10), 1, range(0, 10)), Map.of(1, 8L)),
              false);
      assertThat(plan.starts()).containsExactly(entry(0, fresh(4)), entry(1, stored(8)));
      assertThat(plan.notices())
          .containsExactly(
              Notice.notice("orders[0] is new: it is read from offset 4 on (k_initial_offset)"));
    }

    @Test
    void areRaisedToTheEarliestAndANoticeNamesPartitionOldAndNewOffset() {
      ScanPlan plan = ScanPlan.of(AUTOMATIC, found(Map.of(3, range(20, 30)), Map.of(3, 7L)), false);
      assertThat(plan.starts())
          .as("the stored offset stays known: it is what the store must still hold")
          .containsExactly(entry(3, new Start(OptionalLong.of(7), 20)));
      assertThat(plan.notices())
          .containsExactly(
              Notice.notice("orders[3]: stored offset 7 is raised to the earliest offset 20"));
    }

    @Test
    void areRaisedForNewPartitionsToo() {
      ScanPlan plan = ScanPlan.of(AUTOMATIC, found(Map.of(0, range(20, 30)), Map.of()), false);
      assertThat(plan.starts()).containsExactly(entry(0, fresh(20)));
      assertThat(plan.notices())
          .extracting(Notice::text)
          .containsExactly(
              "orders[0] is new: it is read from offset 0 on (k_initial_offset)",
              "orders[0]: initial offset 0 is raised to the earliest offset 20");
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 9, 10})
    void mayBeAnywhereFromEarliestToEnd(long offset) {
      for (Settings settings : List.of(AUTOMATIC, MANUAL)) {
        ScanPlan plan =
            ScanPlan.of(settings, found(Map.of(0, range(5, 10)), Map.of(0, offset)), false);
        assertThat(plan.starts()).containsExactly(entry(0, stored(offset)));
        assertThat(plan.notices()).isEmpty();
      }
    }

    @Test
    void areNeverPastTheEndWhateverTheOptionsSay() {
      for (Settings settings : List.of(AUTOMATIC, MANUAL)) {
        KadbException error = failure(settings, found(Map.of(2, range(0, 10)), Map.of(2, 11L)));
        assertThat(error.sqlState()).isEqualTo("55000");
        assertThat(error).hasMessageContainingAll("orders[2]", "11", "10", "hint");
      }
    }

    @Test
    void areNotPastTheEndForNewPartitionsEither() {
      KadbException error =
          failure(settings(ScanMode.CONSUME, 50, true), found(Map.of(2, range(0, 10)), Map.of()));
      assertThat(error.sqlState()).isEqualTo("55000");
      assertThat(error).hasMessageContainingAll("orders[2]", "50", "10", "k_initial_offset");
    }
  }

  @Nested
  class WithoutAutomaticOffsets {
    @Test
    void newPartitionsAreNotRead() {
      ScanPlan plan =
          ScanPlan.of(
              MANUAL, found(Map.of(0, range(0, 10), 1, range(0, 10)), Map.of(1, 2L)), false);
      assertThat(plan.starts()).containsExactly(entry(1, stored(2)));
      assertThat(ranges(plan)).containsExactly("1: from 2");
      assertThat(plan.notices()).isEmpty();
    }

    @Test
    void aStoredOffsetBelowTheEarliestIsAnErrorThatNamesBoth() {
      KadbException error = failure(MANUAL, found(Map.of(1, range(20, 30)), Map.of(1, 7L)));
      assertThat(error.sqlState()).isEqualTo("55000");
      assertThat(error).hasMessageContainingAll("orders[1]", " 7 ", "20", "k_automatic_offsets");
    }

    @Test
    void aStoredPartitionThatKafkaHasNotIsAnErrorThatNamesIt() {
      KadbException error = failure(MANUAL, found(Map.of(0, range(0, 10)), Map.of(0, 1L, 12, 3L)));
      assertThat(error.sqlState()).isEqualTo("55000");
      assertThat(error).hasMessageContainingAll("orders[12]", "k_automatic_offsets");
    }
  }

  @Test
  void ignoresAndKeepsAStoredPartitionThatKafkaHasNot() {
    ScanPlan plan =
        ScanPlan.of(AUTOMATIC, found(Map.of(0, range(0, 10)), Map.of(0, 1L, 12, 3L)), false);
    assertThat(plan.starts()).containsExactly(entry(0, stored(1)));
    assertThat(ranges(plan)).containsExactly("0: from 1");
    assertThat(plan.notices()).isEmpty();
  }

  @Test
  void endsAtTheEndOffsetsFoundWhenBounded() {
    ScanPlan plan =
        ScanPlan.of(
            AUTOMATIC,
            found(Map.of(0, range(0, 10), 1, range(0, 10)), Map.of(0, 4L, 1, 10L)),
            true);
    assertThat(ranges(plan)).containsExactlyInAnyOrder("0: 4 to 10", "1: 10 to 10");
  }

  @Test
  void readsEverythingInASnapshotWhateverTheStoreSays() {
    for (boolean automatic : List.of(true, false)) {
      ScanPlan plan =
          ScanPlan.of(
              settings(ScanMode.SNAPSHOT, 6, automatic),
              found(Map.of(0, range(2, 10), 1, range(0, 5)), Map.of(0, 99L, 7, 1L)),
              true);
      assertThat(ranges(plan)).containsExactlyInAnyOrder("0: 2 to 10", "1: 0 to 5");
      assertThat(plan.starts()).containsExactly(entry(0, fresh(2)), entry(1, fresh(0)));
      assertThat(plan.notices()).isEmpty();
    }
  }

  @Test
  void warnsWhenThereIsNoPartitionAtAll() {
    ScanPlan plan = ScanPlan.of(AUTOMATIC, found(Map.of(), Map.of()), false);
    assertThat(plan.segments()).isEmpty();
    assertThat(plan.notices())
        .containsExactly(Notice.warning("topic orders has no partition to read"));
  }

  @Test
  void warnsWhenNoPartitionMayBeRead() {
    ScanPlan plan =
        ScanPlan.of(MANUAL, found(Map.of(0, range(0, 10), 1, range(0, 10)), Map.of()), false);
    assertThat(plan.notices())
        .containsExactly(
            Notice.warning(
                "topic orders has 2 partitions, but no offset is stored for any, and without"
                    + " k_automatic_offsets none is read (hint: SELECT"
                    + " kadb.partitions_obtain('public.t'))"));
  }

  @Test
  void doesNotWarnWhenTheStatementWantedNone() {
    ScanPlan plan =
        ScanPlan.of(AUTOMATIC, new Found(List.of(), Map.of(), new TreeMap<>(), false), false);
    assertThat(plan.segments()).isEmpty();
    assertThat(plan.notices()).isEmpty();
  }

  @Test
  void dealsTheRangesToSegmentsInTheOrderOfKafka() {
    Map<Integer, OffsetRange> watermarks =
        Map.of(0, range(0, 9), 1, range(0, 9), 2, range(0, 9), 3, range(0, 9), 4, range(0, 9));
    Found found = new Found(List.of(0, 2, 3, 4, 1), watermarks, new TreeMap<>(), true);
    ScanPlan plan =
        ScanPlan.of(new Settings("public.t", ScanMode.CONSUME, "orders", 3, 0, true), found, true);
    assertThat(plan.segments())
        .extracting(segment -> segment.stream().map(PartitionRange::partition).toList())
        .containsExactly(List.of(0, 2), List.of(3, 4), List.of(1));
  }

  private static Settings settings(ScanMode mode, long initialOffset, boolean automatic) {
    return new Settings("public.t", mode, "orders", 4, initialOffset, automatic);
  }

  private static Found found(Map<Integer, OffsetRange> watermarks, Map<Integer, Long> stored) {
    List<Integer> partitions = watermarks.keySet().stream().sorted().toList();
    SortedMap<Integer, Long> rows = new TreeMap<>(stored);
    return new Found(partitions, watermarks, rows, true);
  }

  private static KadbException failure(Settings settings, Found found) {
    KadbException error =
        catchThrowableOfType(KadbException.class, () -> ScanPlan.of(settings, found, false));
    assertThat(error).as("the plan must fail").isNotNull();
    return error;
  }

  private static OffsetRange range(long start, long end) {
    return new OffsetRange(start, end);
  }

  private static Start stored(long offset) {
    return new Start(OptionalLong.of(offset), offset);
  }

  private static Start fresh(long offset) {
    return new Start(OptionalLong.empty(), offset);
  }

  private static Map.Entry<Integer, Start> entry(int partition, Start start) {
    return Map.entry(partition, start);
  }

  private static List<String> ranges(ScanPlan plan) {
    return plan.segments().stream()
        .flatMap(List::stream)
        .map(
            range ->
                range.partition()
                    + ": "
                    + (range.range().equals(OffsetRange.from(range.range().start()))
                        ? "from " + range.range().start()
                        : range.range().start() + " to " + range.range().end()))
        .toList();
  }
}
