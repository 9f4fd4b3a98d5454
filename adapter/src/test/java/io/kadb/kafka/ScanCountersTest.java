package io.kadb.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScanCountersTest {
  private final ScanCounters counters = new ScanCounters();

  @Test
  void aScanRunsUntilItsLastSegmentHasEnded() {
    ScanCounters.Running scan = counters.begin(2);
    counters.took(3, 30);
    scan.segmentEnded(Ending.RANGES_DONE);
    assertThat(counters.activity().running()).isEqualTo(1);
    assertThat(counters.activity().segments()).isEqualTo(1);
    assertThat(counters.activity().ended()).containsEntry("ranges_done", 0L);
    counters.took(1, 5);
    scan.segmentEnded(Ending.RANGES_DONE);
    ScanActivity after = counters.activity();
    assertThat(after.running()).isZero();
    assertThat(after.segments()).isZero();
    assertThat(after.messages()).isEqualTo(4);
    assertThat(after.bytes()).isEqualTo(35);
    assertThat(after.ended()).containsEntry("ranges_done", 1L).hasSize(Ending.values().length);
  }

  @Test
  void aScanEndsAsTheWorstOfItsSegments() {
    ScanCounters.Running scan = counters.begin(3);
    scan.segmentEnded(Ending.DEADLINE);
    scan.segmentEnded(Ending.FAILED);
    scan.segmentEnded(Ending.CANCELLED);
    assertThat(counters.activity().ended())
        .containsEntry("failed", 1L)
        .containsEntry("deadline", 0L);
  }

  @Test
  void aScanThatHasNothingToReadIsNone() {
    counters.begin(0);
    assertThat(counters.activity().running()).isZero();
  }
}
