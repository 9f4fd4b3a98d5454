package io.kadb.option;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Decides between two ways of saying the same thing: the one given nearer to the table holds. */
final class Nearness {
  private Nearness() {}

  /**
   * Returns whether the first way is given, and at least as near to the table as the second.
   *
   * @param given properties by name
   * @param first the names of the first way
   * @param second the names of the second way
   */
  static boolean firstIsNearer(Map<String, Given> given, List<String> first, List<String> second) {
    int nearness = nearness(given, first);
    return nearness >= 0 && nearness >= nearness(given, second);
  }

  private static int nearness(Map<String, Given> given, List<String> names) {
    return names.stream()
        .map(given::get)
        .filter(Objects::nonNull)
        .mapToInt(value -> value.level().ordinal())
        .max()
        .orElse(-1);
  }
}
