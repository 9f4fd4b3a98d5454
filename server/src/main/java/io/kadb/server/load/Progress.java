package io.kadb.server.load;

import io.kadb.load.LoadWatch;
import io.kadb.load.LoadedBatch;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** How far a load has come. Safe for several threads. */
final class Progress implements LoadWatch {
  private final LongSupplier nanoTime;
  private final long startedAt;
  private final NavigableMap<Integer, Long> positions = new TreeMap<>();
  private final NavigableMap<Integer, Long> ends = new TreeMap<>();
  private long rows;
  private long bytes;
  private long messages;
  private long rejects;
  private long batches;
  private volatile long rowsOfBatch;
  private volatile long bytesOfBatch;

  Progress(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.startedAt = nanoTime.getAsLong();
  }

  /**
   * A moment of a load.
   *
   * @param nanos since it began
   * @param rows the rows taken, also those of the batch that is being loaded
   * @param bytes their bytes
   * @param messages the offsets passed by batches that are committed
   * @param rejects the messages put aside
   * @param batches those that are committed
   * @param lag how many offsets are left to read, if that is known
   * @param positions the next offset of each partition
   */
  record Moment(
      long nanos,
      long rows,
      long bytes,
      long messages,
      long rejects,
      long batches,
      OptionalLong lag,
      NavigableMap<Integer, Long> positions) {}

  @Override
  public void progress(long rowsSoFar, long bytesSoFar) {
    rowsOfBatch = rowsSoFar;
    bytesOfBatch = bytesSoFar;
  }

  /** Learns where the partitions stand. */
  synchronized void startsAt(NavigableMap<Integer, Long> stored) {
    positions.putAll(stored);
  }

  /** Learns where the partitions end now. */
  synchronized void endsAt(NavigableMap<Integer, Positions.Bounds> bounds) {
    bounds.forEach((partition, bound) -> ends.put(partition, bound.end()));
    // Nothing before the first message can be read.
    bounds.forEach((partition, bound) -> positions.merge(partition, bound.earliest(), Math::max));
  }

  /** Takes a batch that is committed. */
  synchronized void committed(LoadedBatch batch) {
    rows += batch.rowsWritten();
    bytes += Math.max(bytesOfBatch, batch.bytes());
    rejects += batch.rejects();
    for (LoadedBatch.Taken taken : batch.partitions()) {
      messages += taken.range().end() - taken.range().start();
      positions.merge(taken.partition(), taken.range().end(), Math::max);
    }
    if (!batch.isEmpty()) {
      batches++;
    }
    abandoned();
  }

  /** Forgets the batch that is being loaded. */
  void abandoned() {
    rowsOfBatch = 0;
    bytesOfBatch = 0;
  }

  /** Returns how it stands. */
  synchronized Moment now() {
    return new Moment(
        nanoTime.getAsLong() - startedAt,
        rows + rowsOfBatch,
        bytes + bytesOfBatch,
        messages,
        rejects,
        batches,
        lag(),
        new TreeMap<>(positions));
  }

  private OptionalLong lag() {
    if (ends.isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        ends.entrySet().stream()
            .mapToLong(
                end -> Math.max(0, end.getValue() - positions.getOrDefault(end.getKey(), 0L)))
            .sum());
  }
}
