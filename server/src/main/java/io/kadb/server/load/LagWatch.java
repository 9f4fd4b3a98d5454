package io.kadb.server.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks now and then where the partitions end, on a connection of its own, so that the load does not
 * wait for the answer. If there is none, the lag is that of the last answer.
 */
final class LagWatch implements AutoCloseable {
  private final LoadJob job;
  private final String url;
  private final SourceTable source;
  private final Set<Integer> partitions;
  private final Progress progress;
  private final CountDownLatch over = new CountDownLatch(1);

  LagWatch(LoadJob job, String url, LoadSession session, Progress progress) {
    this.job = job;
    this.url = url;
    this.source = session.source();
    this.partitions = session.partitions();
    this.progress = progress;
  }

  void start(Duration period) {
    Thread thread = new Thread(() -> watch(period), "kadb-load-lag");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch(Duration period) {
    while (!isOver(period)) {
      try (Connection kadb = Warehouse.connect(job, url, Map.of("readOnly", "true"))) {
        while (!isOver(period)) {
          progress.endsAt(Positions.bounds(kadb, source, partitions));
          // Otherwise the transaction would go on showing what it began with.
          kadb.rollback();
        }
      } catch (SQLException e) {
        // The load itself meets what is wrong and says it.
        continue;
      }
    }
  }

  private boolean isOver(Duration period) {
    try {
      return over.await(period.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    over.countDown();
  }
}
