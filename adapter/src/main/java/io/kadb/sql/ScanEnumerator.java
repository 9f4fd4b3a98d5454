package io.kadb.sql;

import io.kadb.kafka.Delivery;
import io.kadb.scan.RowBatch;
import java.util.HashMap;
import java.util.Map;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one reading of a table, with the positions that were reached by taking them. Closes
 * itself when reading fails, because the engine may not.
 */
final class ScanEnumerator implements Enumerator<@Nullable Object[]> {
  private final Deliveries deliveries;
  private final Map<Integer, Long> reached = new HashMap<>();
  private final Map<Integer, PartitionTake> takes = new HashMap<>();
  private @Nullable Rejects rejects;
  private final Map<Integer, Long> messages = new HashMap<>();
  private boolean counting;
  private @Nullable Delivery<RowBatch> delivery;
  private int taken;
  private boolean ended;
  private boolean closed;

  private final boolean closedWithStatement;

  /**
   * Creates the reading.
   *
   * @param closedWithStatement whether the deliveries outlive a close by the plan, because the
   *     statement may have to pass what the plan left; {@link #release} ends them
   */
  ScanEnumerator(Deliveries deliveries, boolean closedWithStatement) {
    this.deliveries = deliveries;
    this.closedWithStatement = closedWithStatement;
  }

  @Override
  public @Nullable Object[] current() {
    RowBatch batch = delivery == null ? null : delivery.batch();
    if (batch == null || taken == 0) {
      throw new java.util.NoSuchElementException();
    }
    return batch.row(taken - 1);
  }

  @Override
  public boolean moveNext() {
    if (delivery != null && delivery.batch() != null && taken < delivery.batch().size()) {
      taken++;
      return true;
    }
    try {
      return nextDelivery();
    } catch (RuntimeException | Error e) {
      release();
      throw e;
    }
  }

  /** Takes all rows of the next batch that has any; null at the end. */
  @Nullable RowBatch nextBatch() {
    try {
      if (!nextDelivery()) {
        return null;
      }
    } catch (RuntimeException | Error e) {
      release();
      throw e;
    }
    RowBatch batch = delivery == null ? null : delivery.batch();
    taken = batch == null ? 0 : batch.size();
    return batch;
  }

  /** Tells which message gave the row that was taken last, if there is one. */
  void tellMessage(RowBatch.TakenMessages visitor) {
    if (delivery != null && delivery.batch() != null && taken > 0) {
      delivery.batch().messageOf(taken - 1, visitor);
    }
  }

  private boolean nextDelivery() {
    while (!ended) {
      passDelivery();
      delivery = deliveries.next();
      ended = delivery == null;
      if (delivery != null && delivery.batch() != null && delivery.batch().size() > 0) {
        taken = 1;
        return true;
      }
    }
    return false;
  }

  /** Has messages that were rejected handed on as soon as they are passed, and all counted. */
  void handRejectsTo(Rejects newRejects) {
    rejects = newRejects;
  }

  /** Hands on the rejected messages that were passed since the last delivery was. */
  void handOverRejects() {
    if (rejects != null) {
      Map<Integer, Long> passed = new HashMap<>(messages);
      if (delivery != null && delivery.batch() != null) {
        rejects.add(delivery.batch().rejected(taken));
        delivery
            .batch()
            .taken(taken, (partition, offset) -> passed.merge(partition, 1L, Long::sum));
      }
      rejects.read(passed);
    }
  }

  /** Has what is taken counted from here on. */
  void count() {
    counting = true;
  }

  /** All of the delivery was taken: its positions are reached. */
  private void passDelivery() {
    if (delivery != null) {
      RowBatch batch = delivery.batch();
      if (batch != null) {
        if (rejects != null) {
          rejects.add(batch.rejected());
          batch.all((partition, offset) -> messages.merge(partition, 1L, Long::sum));
        }
        if (counting) {
          batch.counts(adding(takes));
        }
      }
      delivery
          .positions()
          .forEach((partition, offset) -> reached.merge(partition, offset, Math::max));
      delivery = null;
      taken = 0;
    }
  }

  /** Returns whether all there is was taken. */
  boolean ended() {
    return ended;
  }

  /** Reads to the end without handing out rows. */
  void drain() {
    Map<Integer, PartitionTake> taken = takes();
    takes.clear();
    takes.putAll(taken);
    counting = false;
    while (!ended) {
      passDelivery();
      delivery = deliveries.next();
      ended = delivery == null;
    }
  }

  private static RowBatch.TakenCounts adding(Map<Integer, PartitionTake> sum) {
    return (partition, rows, bytes) ->
        sum.merge(partition, new PartitionTake(rows, bytes), PartitionTake::plus);
  }

  /** Returns for each partition what was taken, as far as it was counted. */
  Map<Integer, PartitionTake> takes() {
    Map<Integer, PartitionTake> all = new HashMap<>(takes);
    if (counting && delivery != null && delivery.batch() != null) {
      delivery.batch().counts(taken, adding(all));
    }
    return all;
  }

  /** Returns for each partition of which something was taken the first offset that was not. */
  Map<Integer, Long> reached() {
    Map<Integer, Long> positions = new HashMap<>(reached);
    if (delivery != null && delivery.batch() != null) {
      delivery
          .batch()
          .taken(taken, (partition, offset) -> positions.merge(partition, offset + 1, Math::max));
    }
    return positions;
  }

  @Override
  public void reset() {
    throw new UnsupportedOperationException("rows are read once");
  }

  boolean closed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    if (!closedWithStatement) {
      deliveries.close();
    }
  }

  /** Ends the reading for good; a second call does nothing. */
  void release() {
    closed = true;
    deliveries.close();
  }
}
