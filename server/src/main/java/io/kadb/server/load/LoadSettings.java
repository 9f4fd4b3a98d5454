package io.kadb.server.load;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How a job is run, this time.
 *
 * @param url the connection's URL, if the job does not say where the warehouse is
 * @param quitAtEof whether it ends when every partition reached the end it had when it began
 * @param reset another place to begin at than the stored offsets
 * @param partitions the only ones to load; empty for those of the job
 * @param retryFor how long to try again when something is out of order that may pass
 * @param grace how long a batch may still take when the load is told to stop
 */
record LoadSettings(
    String url,
    boolean quitAtEof,
    Optional<OffsetReset> reset,
    Set<Integer> partitions,
    Duration retryFor,
    Duration grace) {
  LoadSettings {
    partitions = Set.copyOf(partitions);
  }

  /** Returns the only partitions of a job to load; empty for all. */
  Set<Integer> partitionsOf(LoadJob job) {
    Set<Integer> ofJob =
        job.source() instanceof LoadJob.Source.Defined defined ? defined.partitions() : Set.of();
    if (partitions.isEmpty() || ofJob.isEmpty()) {
      return partitions.isEmpty() ? ofJob : partitions;
    }
    if (!ofJob.containsAll(partitions)) {
      throw new LoadFailure(
          "the job reads partitions " + ofJob + " only, and --partition asks for " + partitions);
    }
    return partitions;
  }
}
