package io.kadb.option;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.error.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks the options of a definition at CREATE or ALTER: names, values, ranges. What is required is
 * not asked here but when a table is used.
 *
 * <p>Collects what is wrong with all objects of one definition and reports it together:
 *
 * <pre>{@code
 * notices.addAll(new OptionCheck().table(options).column("a", columnOptions).finish());
 * }</pre>
 */
public final class OptionCheck {
  private final List<Finding> findings = new ArrayList<>();
  private final Places places;
  private final ValueCheck values;

  /** Says where an option stands in the statement that gives it. */
  @FunctionalInterface
  public interface Places {
    /**
     * Returns the place as errors show it; empty if the statement does not name the option.
     *
     * @param column whose option it is; empty for one of the object itself
     */
    Optional<String> of(String column, String option);
  }

  /** Checks what only others can: whether a value means something to those who use it. */
  @FunctionalInterface
  public interface ValueCheck {
    /** Returns what is wrong with a value that suits the option's type; empty if nothing is. */
    Optional<String> problem(Option option, String value);
  }

  /** Creates a check of options that stand in no statement. */
  public OptionCheck() {
    this((column, option) -> Optional.empty(), (option, value) -> Optional.empty());
  }

  /**
   * Creates a check of options that a statement gives.
   *
   * @param values looks at values more closely
   */
  public OptionCheck(Places places, ValueCheck values) {
    this.places = places;
    this.values = values;
  }

  /** Checks options that a connection gives as defaults. */
  public OptionCheck connection(Map<String, String> options) {
    return add(Level.CONNECTION, "", "connection option", options);
  }

  /** Checks the options of a server. */
  public OptionCheck server(Map<String, String> options) {
    return add(Level.SERVER, "", "server option", options);
  }

  /** Checks the options of a foreign table, without those of its columns. */
  public OptionCheck table(Map<String, String> options) {
    return add(Level.TABLE, "", "table option", options);
  }

  /**
   * Checks the options of a foreign table, also against those it inherits.
   *
   * @param inherited the options of its server, then of the connection
   */
  public OptionCheck table(Map<String, String> options, List<Map<String, String>> inherited) {
    table(options);
    List<Map<String, String>> levels = new ArrayList<>(List.of(options));
    levels.addAll(inherited);
    boolean told = CsvMarks.of(options).problem().isPresent();
    if (!told && !CsvMarks.spellings(options).isEmpty()) {
      addMarks(CsvMarks.of(levels), "", "table option", options);
    }
    return this;
  }

  /** Checks the options of a column. */
  public OptionCheck column(String columnName, Map<String, String> options) {
    return add(Level.COLUMN, columnName, "option of column " + columnName, options);
  }

  /** Checks a value that a setting of the session gives. */
  OptionCheck setting(Option option, String value) {
    return add(Level.CONNECTION, "", "setting", Map.of(option.optionName(), value));
  }

  private OptionCheck add(Level level, String column, String prefix, Map<String, String> options) {
    OptionRules.findings(level, prefix, options, values)
        .forEach(finding -> findings.add(placed(column, finding)));
    addMarks(CsvMarks.of(options), column, prefix, options);
    return this;
  }

  private void addMarks(CsvMarks marks, String column, String prefix, Map<String, String> options) {
    marks
        .problem()
        .map(
            problem ->
                new Finding.Problem(
                    ErrorCode.BAD_OPTION_VALUE,
                    CsvMarks.spellings(options).get(0),
                    prefix + " " + problem))
        .ifPresent(problem -> findings.add(placed(column, problem)));
  }

  private Finding placed(String column, Finding finding) {
    return finding instanceof Finding.Problem problem
        ? new Finding.Problem(
            problem.code(),
            problem.option(),
            places.of(column, problem.option()).map(place -> place + ": ").orElse("")
                + problem.text())
        : finding;
  }

  /** Returns the warnings that come up whenever a table is read, in order. */
  List<Notice> lastingWarnings() {
    return findings.stream()
        .filter(Finding.Warning.class::isInstance)
        .map(warning -> Notice.warning(warning.text()))
        .toList();
  }

  /**
   * Ends the check.
   *
   * @return the warnings, in the order of the objects and of their options
   * @throws KadbException if anything is wrong: one exception with all problems, one after the
   *     other, and the code of the first
   */
  public List<Notice> finish() {
    List<Finding.Problem> problems =
        findings.stream()
            .filter(Finding.Problem.class::isInstance)
            .map(Finding.Problem.class::cast)
            .toList();
    if (!problems.isEmpty()) {
      throw new KadbException(
          problems.get(0).code(),
          problems.stream().map(Finding.Problem::text).collect(Collectors.joining("; ")));
    }
    return findings.stream().map(warning -> Notice.warning(warning.text())).toList();
  }
}
