package io.kadb.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.catalog.TableName;
import io.kadb.message.OffsetRange;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every form of a store does with the load history. */
abstract class LoadHistoryContract extends StoreFixture {
  private static final Instant STARTED = Instant.ofEpochMilli(1_700_000_000_123L);

  private static LoadRow row(long loadId, long ftoid, int partition) {
    return new LoadRow(
        loadId,
        ftoid,
        new TableName("public", "Töpfe"),
        "pg.public.t",
        partition,
        new OffsetRange(5, 10),
        new LoadRow.Counts(4, 1, 1L << 40),
        STARTED,
        STARTED.plusMillis(456),
        "success");
  }

  @Test
  void givesEachLoadANumberAndKeepsItsRows() {
    long first =
        session.loads().add(List.of(row(0, 4_000_000_000L, 1), row(0, 7, 2), row(0, 7, 1)));
    long second = session.loads().add(List.of(row(0, 7, 1)));

    assertThat(second).isGreaterThan(first);
    assertThat(other.loads().readAll())
        .containsExactly(
            row(first, 7, 1), row(first, 7, 2), row(first, 4_000_000_000L, 1), row(second, 7, 1));
  }

  @Test
  void takesPartInTheTransaction() {
    session.begin();
    long undone = session.loads().add(List.of(row(0, 7, 1)));
    assertThat(session.loads().readAll()).containsExactly(row(undone, 7, 1));
    assertThat(other.loads().readAll()).isEmpty();
    session.rollback();

    assertThat(session.loads().readAll()).isEmpty();
  }
}
