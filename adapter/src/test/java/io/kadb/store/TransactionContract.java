package io.kadb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.kadb.catalog.TableName;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every form of a store does with transactions. */
abstract class TransactionContract extends StoreFixture {
  private static final long T = 20_000;

  private static void put(StoreSession session, int partition) {
    session.offsets().apply(List.of(OffsetChange.insert(T, partition, 0)), Duration.ofSeconds(5));
  }

  private List<Integer> partitionsSeenBy(StoreSession reader) {
    return List.copyOf(reader.offsets().read(T).keySet());
  }

  @Test
  void showsChangesToOthersOnceTheyAreCommitted() {
    session.begin();
    put(session, 0);
    put(session, 1);
    newTable("t");

    assertThat(partitionsSeenBy(session)).containsExactly(0, 1);
    assertThat(partitionsSeenBy(other)).isEmpty();
    assertThat(other.catalog().read().tables()).isEmpty();
    session.commit();

    assertThat(session.inTransaction()).isFalse();
    assertThat(partitionsSeenBy(other)).containsExactly(0, 1);
    assertThat(other.catalog().read().tables()).hasSize(1);
  }

  @Test
  void undoesOffsetsAndDefinitionsWithARollback() {
    long dropped = newTable("dropped").ftoid();
    session.begin();
    put(session, 0);
    newTable("t");
    session.catalog().createSchema("s");
    session.catalog().dropTable(dropped);
    session.rollback();

    assertThat(session.inTransaction()).isFalse();
    assertThat(partitionsSeenBy(session)).isEmpty();
    assertThat(session.catalog().read().tables())
        .extracting(t -> t.name())
        .containsExactly(new TableName("public", "dropped"));
    assertThat(session.catalog().read().schemas()).containsExactly("public");
  }

  @Test
  void commitsEachCallOutsideATransaction() {
    put(session, 0);
    session.rollback();

    assertThat(partitionsSeenBy(other)).containsExactly(0);
  }

  @Test
  void locksNothingBeforeTheFirstChange() {
    session.begin();
    session.savepoint("a");
    session.catalog().read();
    session.offsets().readAll();
    session.catalog().version();

    other.offsets().apply(List.of(OffsetChange.insert(T, 0, 0)), Duration.ZERO);
    other.catalog().createSchema("s");

    assertThat(partitionsSeenBy(session)).containsExactly(0);
  }

  @Test
  void locksNothingAfterAFirstChangeThatFailed() {
    session.begin();
    refused(
        ErrorCode.OFFSETS_MOVED,
        () -> session.offsets().apply(List.of(OffsetChange.move(T, 0, 1, 2)), WAIT));

    other.offsets().apply(List.of(OffsetChange.insert(T, 0, 1)), Duration.ZERO);
    session.offsets().apply(List.of(OffsetChange.move(T, 0, 1, 2)), WAIT);
    session.commit();

    assertThat(other.offsets().read(T)).containsEntry(0, 2L);
  }

  @Test
  void leavesATransactionUsableAfterAnError() {
    session.begin();
    refused(ErrorCode.UNDEFINED_OBJECT, () -> session.catalog().dropServer("x"));
    put(session, 0);
    refused(ErrorCode.DUPLICATE_SCHEMA, () -> session.catalog().createSchema("public"));
    put(session, 1);
    session.commit();

    assertThat(partitionsSeenBy(other)).containsExactly(0, 1);
  }

  @Test
  void goesBackToASavepointAsOftenAsWanted() {
    session.begin();
    put(session, 0);
    session.savepoint("a");
    put(session, 1);
    newTable("t");
    session.rollbackTo("a");
    assertThat(partitionsSeenBy(session)).containsExactly(0);
    assertThat(session.catalog().read().tables()).isEmpty();
    put(session, 2);
    session.rollbackTo("a");
    put(session, 3);
    session.commit();

    assertThat(partitionsSeenBy(other)).containsExactly(0, 3);
  }

  @Test
  void goesBackToSavepointsSetBeforeAnythingWasDone() {
    session.begin();
    session.savepoint("a");
    session.savepoint("b");
    put(session, 0);
    session.savepoint("c");
    put(session, 1);
    session.rollbackTo("c");
    assertThat(partitionsSeenBy(session)).containsExactly(0);
    session.rollbackTo("b");
    assertThat(partitionsSeenBy(session)).isEmpty();
    other.offsets().apply(List.of(OffsetChange.insert(T, 9, 0)), Duration.ZERO);
    put(session, 2);
    session.savepoint("d");
    put(session, 3);
    session.rollbackTo("d");
    refused(ErrorCode.NO_SUCH_SAVEPOINT, () -> session.rollbackTo("c"));
    session.rollbackTo("a");
    refused(ErrorCode.NO_SUCH_SAVEPOINT, () -> session.rollbackTo("b"));
    put(session, 4);
    session.commit();

    assertThat(partitionsSeenBy(other)).containsExactly(4, 9);
  }

  @Test
  void hidesASavepointBehindALaterOneOfTheSameName() {
    session.begin();
    put(session, 0);
    session.savepoint("a");
    put(session, 1);
    session.savepoint("a");
    put(session, 2);
    session.rollbackTo("a");
    assertThat(partitionsSeenBy(session)).containsExactly(0, 1);
    session.release("a");
    session.rollbackTo("a");
    assertThat(partitionsSeenBy(session)).containsExactly(0);
    session.release("a");
    refused(ErrorCode.NO_SUCH_SAVEPOINT, () -> session.release("a"));
    session.commit();

    assertThat(partitionsSeenBy(other)).containsExactly(0);
  }

  @Test
  void keepsWhatWasDoneSinceASavepointThatIsReleased() {
    session.begin();
    session.savepoint("early");
    session.savepoint("unused");
    put(session, 0);
    session.savepoint("late");
    put(session, 1);
    session.release("unused");
    refused(ErrorCode.NO_SUCH_SAVEPOINT, () -> session.rollbackTo("late"));
    session.savepoint("new");
    put(session, 2);
    session.rollbackTo("new");
    assertThat(partitionsSeenBy(session)).containsExactly(0, 1);
    session.release("early");
    session.commit();

    assertThat(partitionsSeenBy(other)).containsExactly(0, 1);
  }

  @Test
  void takesAnyNameForASavepoint() {
    session.begin();
    put(session, 0);
    for (String name : List.of("", "\"; ROLLBACK; --", "a", "A", "точка 🦆", "kadb_call")) {
      session.savepoint(name);
      put(session, 1);
      session.rollbackTo(name);
    }
    session.rollbackTo("a");
    refused(ErrorCode.NO_SUCH_SAVEPOINT, () -> session.rollbackTo("A"));
    session.commit();

    assertThat(partitionsSeenBy(other)).containsExactly(0);
  }

  @Test
  void forgetsSavepointsWithTheTransaction() {
    session.begin();
    put(session, 0);
    session.savepoint("a");
    session.commit();
    session.begin();

    refused(ErrorCode.NO_SUCH_SAVEPOINT, () -> session.rollbackTo("a"));
  }

  @Test
  void rollsBackWhenItIsClosed() {
    session.begin();
    put(session, 0);
    session.close();
    session.close();

    assertThat(partitionsSeenBy(other)).isEmpty();
    put(other, 0);
    refused(ErrorCode.CONNECTION_CLOSED, () -> session.catalog().read());
    refused(ErrorCode.CONNECTION_CLOSED, session::begin);
  }

  @Test
  void refusesWhatBelongsIntoATransactionOutsideOfOne() {
    refused(ErrorCode.INTERNAL, session::commit);
    refused(ErrorCode.INTERNAL, () -> session.savepoint("a"));
    refused(ErrorCode.INTERNAL, () -> session.rollbackTo("a"));
    session.begin();
    refused(ErrorCode.INTERNAL, session::begin);
  }

  @Test
  void refusesSessionsOfAClosedStore() {
    store.close();

    refused(ErrorCode.CONNECTION_CLOSED, store::session);
  }

  @Test
  void cancelsASessionThatWaitsForAnother() throws Exception {
    session.begin();
    put(session, 0);
    Future<KadbException> waiting =
        inBackground(
            () ->
                refused(
                    ErrorCode.CANCELLED,
                    () ->
                        other
                            .offsets()
                            .apply(List.of(OffsetChange.insert(T, 0, 1)), Duration.ofMinutes(1))));
    Instant deadline = Instant.now().plusSeconds(20);
    while (!waiting.isDone() && Instant.now().isBefore(deadline)) {
      other.abort();
    }

    assertThat(waiting.get(1, TimeUnit.SECONDS).sqlState()).isEqualTo("57014");
    session.rollback();
    put(other, 0);
    assertThat(partitionsSeenBy(session)).containsExactly(0);
  }

  @Test
  void takesAnAbortOfASessionThatDoesNothing() {
    assertThatCode(session::abort).doesNotThrowAnyException();
    session.catalog().read();
    session.abort();
    put(session, 0);
    session.close();
    session.abort();

    assertThat(partitionsSeenBy(other)).containsExactly(0);
  }

  @Test
  void opensAStoreAgainWithEverythingInIt() {
    newTable("t");
    put(session, 0);
    try (Store again = Store.open(location());
        StoreSession fresh = again.session()) {
      assertThat(fresh.catalog().read()).isEqualTo(session.catalog().read());
      assertThat(fresh.offsets().readAll()).isEqualTo(session.offsets().readAll());
    }
  }
}
