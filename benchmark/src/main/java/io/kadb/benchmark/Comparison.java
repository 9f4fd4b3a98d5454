package io.kadb.benchmark;

import java.util.List;

/**
 * A table of groups: what kadb does under some condition, beside bare consumers under the same one.
 */
final class Comparison {
  private final ResultTable table;

  /**
   * Creates an empty one.
   *
   * @param condition the heading of what differs from group to group
   */
  Comparison(String key, String title, String condition) {
    table =
        new ResultTable(key, title)
            .column("condition", condition)
            .column("what", "what")
            .column("rowsPerSecond", "rows/s")
            .column("milliseconds", "ms", 1)
            .column("spread", "spread")
            .column("ofBare", "of bare", 2)
            .column("ofFirst", "of the first group", 2)
            .column("cpuSecondsPerMillion", "CPU s per million", 2);
  }

  /** Adds a sentence about how this was measured. */
  Comparison note(String sentence) {
    table.note(sentence);
    return this;
  }

  /**
   * Adds groups.
   *
   * @param conditions one for each group
   * @param groups the first measurement of each is that of the bare consumers; all groups have the
   *     same ones
   */
  ResultTable of(List<?> conditions, List<List<Measurement>> groups) {
    List<Measurement> first = groups.get(0);
    for (int g = 0; g < groups.size(); g++) {
      List<Measurement> group = groups.get(g);
      for (int i = 0; i < group.size(); i++) {
        Measurement m = group.get(i);
        table
            .row(
                conditions.get(g),
                m.name(),
                Math.round(m.rowsPerSecond()),
                m.medianSeconds() * 1e3,
                m.spread(),
                m.rowsPerSecond() / group.get(0).rowsPerSecond(),
                m.rowsPerSecond() / first.get(i).rowsPerSecond(),
                m.medianCpuSecondsPerMillion(0))
            .raw("seconds", m.seconds());
      }
    }
    return table;
  }
}
