package io.kadb.server.load.gpkafka;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What is wrong with a file and what is worth saying of it, with the lines. */
final class Report {
  private final String file;
  private final List<Entry> problems = new ArrayList<>();
  private final List<Entry> warnings = new ArrayList<>();

  private record Entry(int line, ErrorCode code, String text) {}

  /**
   * Creates an empty report.
   *
   * @param file the file's name as texts show it
   */
  Report(String file) {
    this.file = file;
  }

  /** Takes something that is written wrong. */
  void problem(int line, String text) {
    problem(line, ErrorCode.INVALID_DEFINITION, text);
  }

  /** Takes something that is right for gpkafka, but not done by kadb. */
  void unsupported(int line, String text) {
    problem(line, ErrorCode.UNSUPPORTED, text);
  }

  /** Takes what somebody else found wrong. */
  void problem(int line, KadbException found) {
    problem(line, found.code(), found.getMessage());
  }

  private void problem(int line, ErrorCode code, String text) {
    problems.add(new Entry(line, code, text));
  }

  void warning(int line, String text) {
    warnings.add(new Entry(line, ErrorCode.INVALID_DEFINITION, text));
  }

  /** Returns whether nothing is wrong so far. */
  boolean isClean() {
    return problems.isEmpty();
  }

  /**
   * Ends the report.
   *
   * @param told takes the warnings, in the order of the lines
   * @throws KadbException if anything is wrong: one exception with all problems in the order of the
   *     lines, and the code of the first
   */
  void finish(Consumer<String> told) {
    warnings.sort(Comparator.comparingInt(Entry::line));
    warnings.forEach(warning -> told.accept(shown(warning)));
    problems.sort(Comparator.comparingInt(Entry::line));
    if (!problems.isEmpty()) {
      throw new KadbException(
          problems.get(0).code(),
          problems.stream().map(this::shown).distinct().collect(Collectors.joining("; ")));
    }
  }

  private String shown(Entry entry) {
    return file + ":" + entry.line + ": " + entry.text;
  }
}
