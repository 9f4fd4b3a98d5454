package io.kadb.sql;

import io.kadb.kafka.Delivery;
import io.kadb.scan.RowBatch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The deliveries of one reading of a table, in order. */
interface Deliveries extends AutoCloseable {
  /** Returns the next delivery, waiting for it, or null at the end. */
  @Nullable Delivery<RowBatch> next();

  /** Ends the reading; a second call does nothing. */
  @Override
  void close();

  /** Deliveries that were kept in memory. */
  static Deliveries held(List<Delivery<RowBatch>> held) {
    Iterator<Delivery<RowBatch>> iterator = held.iterator();
    return new Deliveries() {
      @Override
      public @Nullable Delivery<RowBatch> next() {
        return iterator.hasNext() ? iterator.next() : null;
      }

      @Override
      public void close() {}
    };
  }

  /**
   * Deliveries that are kept in memory while they pass.
   *
   * @param limitBytes the most to keep
   * @param complete takes all of them at the end, unless they were too many
   */
  static Deliveries keeping(
      Deliveries live, long limitBytes, Consumer<List<Delivery<RowBatch>>> complete) {
    Holder holder = new Holder(limitBytes);
    return new Deliveries() {
      @Override
      public @Nullable Delivery<RowBatch> next() {
        Delivery<RowBatch> next = live.next();
        List<Delivery<RowBatch>> all = next == null ? holder.all() : null;
        if (next != null) {
          holder.add(next);
        } else if (all != null) {
          complete.accept(all);
        }
        return next;
      }

      @Override
      public void close() {
        live.close();
      }
    };
  }

  /** Keeps deliveries in memory while they are few enough. */
  final class Holder {
    private final long limitBytes;
    private @Nullable List<Delivery<RowBatch>> held = new ArrayList<>();
    private long bytes;

    Holder(long limitBytes) {
      this.limitBytes = limitBytes;
    }

    void add(Delivery<RowBatch> delivery) {
      RowBatch batch = delivery.batch();
      bytes += batch == null ? 0 : batch.bytes();
      if (held != null && bytes <= limitBytes) {
        held.add(delivery);
      } else {
        held = null;
      }
    }

    /** Returns all deliveries, or null if they were too many. */
    @Nullable List<Delivery<RowBatch>> all() {
      return held;
    }
  }
}
