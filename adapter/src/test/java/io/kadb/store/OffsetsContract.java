package io.kadb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every form of a store does with offsets. */
abstract class OffsetsContract extends StoreFixture {
  private static final long T = 20_000;
  private static final Duration SHORT = Duration.ofMillis(200);

  private void store(OffsetRow... rows) {
    session
        .offsets()
        .apply(
            Stream.of(rows)
                .map(r -> OffsetChange.insert(r.ftoid(), r.partition(), r.offset()))
                .toList(),
            WAIT);
  }

  private static OffsetRow row(int partition, long offset) {
    return new OffsetRow(T, partition, offset);
  }

  @Test
  void insertsMovesAndDeletes() {
    store(row(0, 10), row(1, 20), row(2, 30));

    session
        .offsets()
        .apply(
            List.of(
                OffsetChange.insert(T, 7, Long.MAX_VALUE),
                OffsetChange.delete(T, 1, 20),
                OffsetChange.move(T, 2, 30, 31),
                OffsetChange.move(T, 0, 10, 10)),
            WAIT);

    assertThat(other.offsets().readAll())
        .containsExactly(row(0, 10), row(2, 31), row(7, Long.MAX_VALUE));
  }

  @Test
  void readsTheRowsOfATableAndAllRowsInOrder() {
    store(new OffsetRow(OffsetChange.MAX_OID, 0, 1), row(10, 2), row(9, 3), new OffsetRow(5, 1, 4));

    assertThat(session.offsets().read(T)).containsExactly(entry(9, 3L), entry(10, 2L));
    assertThat(session.offsets().read(T + 1)).isEmpty();
    assertThat(session.offsets().readAll())
        .containsExactly(
            new OffsetRow(5, 1, 4),
            row(9, 3),
            row(10, 2),
            new OffsetRow(OffsetChange.MAX_OID, 0, 1));
  }

  @Test
  void keepsTheOffsetsOfManyPartitions() {
    store(IntStream.range(0, 1000).mapToObj(p -> row(p, p)).toArray(OffsetRow[]::new));

    session
        .offsets()
        .apply(
            IntStream.range(0, 1000).mapToObj(p -> OffsetChange.move(T, p, p, p + 1L)).toList(),
            WAIT);

    assertThat(session.offsets().read(T)).hasSize(1000).containsEntry(999, 1000L);
  }

  static Stream<OffsetChange> changesOfWhatMoved() {
    return Stream.of(
        OffsetChange.move(T, 3, 29, 40),
        OffsetChange.move(T, 3, 29, 30),
        OffsetChange.move(T, 9, 0, 1),
        OffsetChange.delete(T, 3, 29),
        OffsetChange.delete(T, 9, 29),
        OffsetChange.insert(T, 3, 40),
        new OffsetChange(T, 3, OptionalLong.empty(), OptionalLong.empty()));
  }

  @ParameterizedTest
  @MethodSource("changesOfWhatMoved")
  void writesNothingIfOneOffsetMoved(OffsetChange moved) {
    store(row(0, 10), row(1, 20), row(3, 30));

    KadbException error =
        refused(
            ErrorCode.OFFSETS_MOVED,
            () ->
                session
                    .offsets()
                    .apply(
                        List.of(
                            OffsetChange.move(T, 0, 10, 11),
                            OffsetChange.delete(T, 1, 20),
                            OffsetChange.insert(T, 2, 5),
                            moved,
                            OffsetChange.insert(T, 50, 5)),
                        WAIT));

    assertThat(error.sqlState()).isEqualTo("40001");
    assertThat(error)
        .hasMessageContaining("table 20000, partition " + moved.partition())
        .hasMessageContaining(
            "expected "
                + (moved.expected().isPresent() ? moved.expected().getAsLong() : "no row")
                + ", found "
                + (moved.partition() == 3 ? "30" : "no row"));
    assertThat(session.offsets().readAll()).containsExactly(row(0, 10), row(1, 20), row(3, 30));
  }

  @Test
  void writesIfARowThatMustNotBeThereIsNot() {
    session
        .offsets()
        .apply(
            List.of(
                new OffsetChange(T, 0, OptionalLong.empty(), OptionalLong.empty()),
                OffsetChange.insert(T, 1, 5)),
            WAIT);

    assertThat(session.offsets().readAll()).containsExactly(row(1, 5));
  }

  @Test
  void refusesTwoChangesOfOneRow() {
    refused(
        ErrorCode.INTERNAL,
        () ->
            session
                .offsets()
                .apply(List.of(OffsetChange.insert(T, 0, 1), OffsetChange.move(T, 0, 1, 2)), WAIT));

    assertThat(session.offsets().readAll()).isEmpty();
  }

  @Test
  void refusesValuesThatAreNoOffsets() {
    refused(ErrorCode.BAD_PARAMETER, () -> OffsetChange.insert(-1, 0, 0));
    refused(ErrorCode.BAD_PARAMETER, () -> OffsetChange.insert(OffsetChange.MAX_OID + 1, 0, 0));
    refused(ErrorCode.BAD_PARAMETER, () -> OffsetChange.insert(1, -1, 0));
    refused(ErrorCode.BAD_PARAMETER, () -> OffsetChange.move(1, 0, 5, -1));
  }

  @Test
  void leavesATransactionUsableAfterOffsetsMoved() {
    store(row(0, 10));
    session.begin();
    refused(
        ErrorCode.OFFSETS_MOVED,
        () -> session.offsets().apply(List.of(OffsetChange.move(T, 0, 9, 11)), WAIT));
    session.offsets().apply(List.of(OffsetChange.insert(T, 1, 1)), WAIT);
    refused(
        ErrorCode.OFFSETS_MOVED,
        () ->
            session
                .offsets()
                .apply(
                    List.of(OffsetChange.move(T, 0, 10, 12), OffsetChange.insert(T, 1, 3)), WAIT));
    session.offsets().apply(List.of(OffsetChange.move(T, 0, 10, 13)), WAIT);
    assertThat(session.offsets().readAll()).containsExactly(row(0, 13), row(1, 1));
    session.commit();

    assertThat(other.offsets().readAll()).containsExactly(row(0, 13), row(1, 1));
  }

  @Test
  void letsOneOfTwoWinThatMoveOnePartition() throws Exception {
    store(row(0, 0));
    for (int round = 0; round < 20; round++) {
      List<Boolean> won = race(List.of(OffsetChange.move(T, 0, round, round + 1L)));
      assertThat(won).as("round %d", round).containsExactlyInAnyOrder(true, false);
    }

    assertThat(session.offsets().readAll()).containsExactly(row(0, 20));
  }

  @Test
  void letsOneOfTwoWinThatAddOnePartition() throws Exception {
    for (int round = 0; round < 20; round++) {
      List<Boolean> won = race(List.of(OffsetChange.insert(T, round, 7)));
      assertThat(won).as("round %d", round).containsExactlyInAnyOrder(true, false);
    }
  }

  private List<Boolean> race(List<OffsetChange> changes) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    List<Future<Boolean>> results = new ArrayList<>();
    for (StoreSession each : List.of(session, other)) {
      results.add(
          inBackground(
              () -> {
                start.await();
                try {
                  each.offsets().apply(changes, WAIT);
                  return true;
                } catch (KadbException e) {
                  assertThat(e.code()).isEqualTo(ErrorCode.OFFSETS_MOVED);
                  return false;
                }
              }));
    }
    return List.of(
        results.get(0).get(20, TimeUnit.SECONDS), results.get(1).get(20, TimeUnit.SECONDS));
  }

  @Test
  void doesNotDisturbSessionsOnDifferentPartitions() throws Exception {
    store(row(0, 0), row(1, 0));
    List<Future<Boolean>> results = new ArrayList<>();
    for (int partition = 0; partition < 2; partition++) {
      int own = partition;
      StoreSession each = partition == 0 ? session : other;
      results.add(
          inBackground(
              () -> {
                for (int i = 0; i < 30; i++) {
                  each.offsets().apply(List.of(OffsetChange.move(T, own, i, i + 1L)), WAIT);
                }
                return true;
              }));
    }
    for (Future<Boolean> result : results) {
      assertThat(result.get(30, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(session.offsets().readAll()).containsExactly(row(0, 30), row(1, 30));
  }

  @Test
  void boundsTheWaitForAnotherSession() {
    store(row(0, 10));
    session.begin();
    session.offsets().apply(List.of(OffsetChange.move(T, 0, 10, 20)), WAIT);

    for (Duration wait : List.of(Duration.ZERO, SHORT)) {
      long before = System.nanoTime();
      KadbException error =
          refused(
              ErrorCode.OFFSETS_MOVED,
              () -> other.offsets().apply(List.of(OffsetChange.move(T, 0, 10, 30)), wait));
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isGreaterThanOrEqualTo(wait)
          .isLessThan(Duration.ofSeconds(5));
      assertThat(error.sqlState()).isEqualTo("40001");
    }
    session.rollback();
    other.offsets().apply(List.of(OffsetChange.move(T, 0, 10, 30)), SHORT);

    assertThat(session.offsets().readAll()).containsExactly(row(0, 30));
  }

  @Test
  void leavesATransactionUsableThatWaitedInVain() {
    store(row(0, 10));
    session.begin();
    session.offsets().apply(List.of(OffsetChange.move(T, 0, 10, 20)), WAIT);
    other.begin();
    refused(
        ErrorCode.OFFSETS_MOVED,
        () -> other.offsets().apply(List.of(OffsetChange.move(T, 0, 10, 30)), SHORT));
    session.rollback();
    other.offsets().apply(List.of(OffsetChange.move(T, 0, 10, 40)), SHORT);
    other.commit();

    assertThat(session.offsets().readAll()).containsExactly(row(0, 40));
  }

  @Test
  void seesWhatTheSessionItWaitedForHasDone() throws Exception {
    store(row(0, 10));
    session.begin();
    session.offsets().apply(List.of(OffsetChange.move(T, 0, 10, 20)), WAIT);
    Future<KadbException> loser =
        inBackground(
            () ->
                refused(
                    ErrorCode.OFFSETS_MOVED,
                    () -> other.offsets().apply(List.of(OffsetChange.move(T, 0, 10, 30)), WAIT)));
    session.commit();

    assertThat(loser.get(20, TimeUnit.SECONDS)).hasMessageContaining("expected 10, found 20");
    assertThat(session.offsets().readAll()).containsExactly(row(0, 20));
  }
}
