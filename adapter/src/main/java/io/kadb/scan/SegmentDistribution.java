package io.kadb.scan;

import java.util.ArrayList;
import java.util.List;

/** Deals partitions to segments: contiguous blocks whose sizes differ by at most one. */
final class SegmentDistribution {
  private SegmentDistribution() {}

  /**
   * Deals items in their order, the larger blocks first: {@code [0,2,3,4,1]} over 3 gives {@code
   * [0,2] [3,4] [1]}.
   *
   * @param items what to deal, in the order Kafka returned them
   * @param segments the number of segments, 1 or more
   * @return at most that many blocks, none of them empty
   */
  static <T> List<List<T>> deal(List<T> items, int segments) {
    int blocks = Math.min(segments, items.size());
    List<List<T>> dealt = new ArrayList<>(blocks);
    int from = 0;
    for (int block = 0; block < blocks; block++) {
      int size = items.size() / blocks + (block < items.size() % blocks ? 1 : 0);
      dealt.add(List.copyOf(items.subList(from, from + size)));
      from += size;
    }
    return dealt;
  }
}
