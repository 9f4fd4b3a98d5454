package io.kadb.server.cat;

/**
 * The partitions that one of several readers takes: each partition has exactly one reader, also
 * when they see different numbers of partitions.
 *
 * @param segment which of them this is, from 0
 * @param segments how many there are, at least 1
 */
record Share(int segment, int segments) {
  /** The share of a reader who is alone. */
  static final Share ALL = new Share(0, 1);

  Share {
    if (segments < 1 || segment < 0 || segment >= segments) {
      throw new IllegalArgumentException(
          "segment " + segment + " of " + segments + ": segments count from 0");
    }
  }

  boolean has(int partition) {
    return partition % segments == segment;
  }

  boolean isAll() {
    return segments == 1;
  }
}
