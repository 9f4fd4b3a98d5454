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
  NOBODY_READS
}
