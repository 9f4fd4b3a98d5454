package io.kadb.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentDistributionTest {

  @Test
  void dealsContiguousBlocksInTheOrderOfKafka() {
    assertThat(SegmentDistribution.deal(List.of(0, 2, 3, 4, 1), 3))
        .containsExactly(List.of(0, 2), List.of(3, 4), List.of(1));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, '1'",
    "4, 2, '2 2'",
    "5, 2, '3 2'",
    "7, 3, '3 2 2'",
    "8, 3, '3 3 2'",
    "3, 3, '1 1 1'",
    "10, 4, '3 3 2 2'",
    "6, 1, '6'"
  })
  void givesTheLargerBlocksFirst(int partitions, int segments, String sizes) {
    assertThat(sizes(SegmentDistribution.deal(numbers(partitions), segments))).isEqualTo(sizes);
  }

  @Test
  void leavesSegmentsOutThatWouldHaveNoPartition() {
    assertThat(SegmentDistribution.deal(List.of(7, 8), 5)).containsExactly(List.of(7), List.of(8));
  }

  @Test
  void dealsNothingToNobody() {
    assertThat(SegmentDistribution.deal(List.of(), 3)).isEmpty();
  }

  @Test
  void keepsEveryPartitionOnceAndSizesThatDifferByAtMostOne() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 1000; round++) {
      List<Integer> partitions = numbers(random.nextInt(40));
      int segments = 1 + random.nextInt(12);
      List<List<Integer>> dealt = SegmentDistribution.deal(partitions, segments);
      String what = "seed " + seed + ": " + partitions.size() + " over " + segments;
      assertThat(dealt.stream().flatMap(List::stream).toList()).as(what).isEqualTo(partitions);
      assertThat(dealt).as(what).hasSize(Math.min(segments, partitions.size()));
      int least = dealt.stream().mapToInt(List::size).min().orElse(0);
      assertThat(dealt).as(what).allMatch(b -> !b.isEmpty() && b.size() - least <= 1);
    }
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static String sizes(List<List<Integer>> blocks) {
    return blocks.stream().map(b -> String.valueOf(b.size())).collect(Collectors.joining(" "));
  }
}
