package io.kadb.server.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Progress in words. */
final class ProgressText {
  private static final double NANOS_PER_SECOND = 1e9;

  private ProgressText() {}

  /**
   * Returns one line of how a load stands.
   *
   * @param before a moment a few seconds ago, for the rates
   */
  static String line(Progress.Moment now, Progress.Moment before) {
    double seconds = Math.max(now.nanos() - before.nanos(), 1) / NANOS_PER_SECOND;
    List<String> parts = new ArrayList<>();
    parts.add(count(now.rows(), "row"));
    parts.add(number(Math.round(Math.max(0, now.rows() - before.rows()) / seconds)) + " rows/s");
    parts.add(
        String.format(
            Locale.ROOT, "%.1f MB/s", Math.max(0, now.bytes() - before.bytes()) / seconds / 1e6));
    parts.add(number(now.rejects()) + " rejected");
    now.lag().ifPresent(lag -> parts.add("lag " + number(lag) + untilEnd(now, lag)));
    return String.join(", ", parts);
  }

  private static String untilEnd(Progress.Moment now, long lag) {
    if (lag == 0 || now.messages() == 0) {
      return "";
    }
    double perSecond = now.messages() / (Math.max(now.nanos(), 1) / NANOS_PER_SECOND);
    return ", at the end in " + duration(Duration.ofSeconds(Math.round(lag / perSecond)));
  }

  /** Returns what a load did, line by line. */
  static List<String> summary(Progress.Moment end) {
    double seconds = Math.max(end.nanos(), 1) / NANOS_PER_SECOND;
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s loaded in %s, %s (%s rows/s, %.1f MB)",
            count(end.rows(), "row"),
            count(end.batches(), "batch"),
            duration(Duration.ofNanos(end.nanos())),
            number(Math.round(end.rows() / seconds)),
            end.bytes() / 1e6));
    lines.add(count(end.rejects(), "message") + " rejected");
    end.positions()
        .forEach(
            (partition, offset) -> lines.add("partition " + partition + " at offset " + offset));
    return lines;
  }

  /** Returns a number with its noun: {@code 1 row}, {@code 2,000 rows}. */
  static String count(long number, String noun) {
    String plural = noun.endsWith("ch") ? "es" : "s";
    return number(number) + " " + noun + (number == 1 ? "" : plural);
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Returns a time as people read it: {@code 3.2 s}, {@code 2:05 min}, {@code 1:02:05 h}. */
  static String duration(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d h", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
