package io.kadb.sql;

import io.kadb.catalog.ForeignTable;
import io.kadb.catalog.TableName;
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
   * @param target the table of the warehouse that the rows went into
   * @param batches what was read
   */
  void write(TableName target, Collection<TableBatch> batches) {
    List<LoadRow> rows = new ArrayList<>();
    Instant finishedAt = Instant.now();
    for (TableBatch batch : batches) {
      ForeignTable table = batch.reading().table();
      batch
          .ranges()
          .forEach(
              (partition, range) ->
                  rows.add(
                      new LoadRow(
                          0,
                          table.ftoid(),
                          table.name(),
                          SchemaTree.WAREHOUSE + "." + target,
                          partition,
                          range,
                          counts(batch, partition),
                          startedAt,
                          finishedAt,
                          SUCCESS)));
    }
    if (!rows.stream().map(LoadRow::range).allMatch(OffsetRange::isEmpty)) {
      store.loads().add(rows);
    }
  }

  private static LoadRow.Counts counts(TableBatch batch, int partition) {
    PartitionTake take = batch.take(partition);
    return new LoadRow.Counts(take.rows(), batch.rejects(partition), take.bytes());
  }
}
