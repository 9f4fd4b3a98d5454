package io.kadb.kafka;

/** Why a segment stopped reading. */
enum Ending {
  /** It took as many messages as it may. */
  BATCH_FULL,
  /** Its time is over. */
  DEADLINE,
  /** The position of each of its partitions reached the end of its range. */
  RANGES_DONE,
  /** The scan was closed, by its reader or by a cancel. */
  CANCELLED,
  /** A client, a broker or a sink failed; the reader gets the error. */
  FAILED,
  /** The scan was forgotten without being closed. */
  NOBODY_READS;

  /** Returns whether a scan of which segments ended in both ways is said to have ended in this. */
  boolean outranks(Ending other) {
    return rank() > other.rank();
  }

  private int rank() {
    return switch (this) {
      case RANGES_DONE -> 0;
      case DEADLINE -> 1;
      case BATCH_FULL -> 2;
      case NOBODY_READS -> 3;
      case CANCELLED -> 4;
      case FAILED -> 5;
    };
  }
}
