package io.kadb.sql;

import io.kadb.kafka.Delivery;
import io.kadb.kafka.SegmentScan;
import io.kadb.scan.RowBatch;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What running segments deliver, until they end or the statement is cancelled. */
final class LiveDeliveries implements Deliveries {
  /** How long a cancel may go unnoticed while segments have nothing to deliver. */
  private static final Duration WAIT = Duration.ofMillis(100);

  private final SegmentScan<RowBatch> scan;
  private final RunControl control;

  LiveDeliveries(SegmentScan<RowBatch> scan, RunControl control) {
    this.scan = scan;
    this.control = control;
    control.onCancel(scan::close);
  }

  @Override
  public @Nullable Delivery<RowBatch> next() {
    while (true) {
      control.check();
      Delivery<RowBatch> delivery = scan.poll(WAIT);
      if (delivery != null) {
        return delivery;
      } else if (scan.finished()) {
        control.check();
        return null;
      }
    }
  }

  @Override
  public void close() {
    scan.close();
  }
}
