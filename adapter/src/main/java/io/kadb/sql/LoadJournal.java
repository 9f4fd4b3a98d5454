package io.kadb.sql;

import io.kadb.catalog.ForeignTable;
import io.kadb.load.LoadedBatch;
import io.kadb.message.OffsetRange;
import io.kadb.store.LoadRow;
import io.kadb.store.StoreSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Writes down what an INSERT … SELECT took of each partition, in its transaction. One that took
 * nothing at all leaves no trace, so that a loop that waits for messages does not fill the table.
 */
final class LoadJournal {
  private static final String SUCCESS = "success";

  private final StoreSession store;
  private final Instant startedAt = Instant.now();

  /** Creates the journal of a load that begins now. */
  LoadJournal(StoreSession store) {
    this.store = store;
  }

  /**
   * Writes the load down.
   *
   * @param target what the rows went into
   * @param batches what was read
   * @param written the rows that the warehouse took
   */
  LoadedBatch write(String target, Collection<TableBatch> batches, long written) {
    List<LoadRow> rows = new ArrayList<>();
    List<LoadedBatch.Taken> taken = new ArrayList<>();
    Instant finishedAt = Instant.now();
    for (TableBatch batch : batches) {
      ForeignTable table = batch.reading().table();
      batch
          .ranges()
          .forEach(
              (partition, range) -> {
                LoadRow.Counts counts = counts(batch, partition);
                taken.add(taken(partition, range, counts));
                rows.add(
                    new LoadRow(
                        0,
                        table.ftoid(),
                        table.name(),
                        target,
                        partition,
                        range,
                        counts,
                        startedAt,
                        finishedAt,
                        SUCCESS));
              });
    }
    boolean nothing = rows.stream().map(LoadRow::range).allMatch(OffsetRange::isEmpty);
    return new LoadedBatch(nothing ? 0 : store.loads().add(rows), written, taken);
  }

  private static LoadedBatch.Taken taken(int partition, OffsetRange range, LoadRow.Counts counts) {
    return new LoadedBatch.Taken(partition, range, counts.rows(), counts.rejects(), counts.bytes());
  }

  private static LoadRow.Counts counts(TableBatch batch, int partition) {
    PartitionTake take = batch.take(partition);
    return new LoadRow.Counts(take.rows(), batch.rejects(partition), take.bytes());
  }
}
