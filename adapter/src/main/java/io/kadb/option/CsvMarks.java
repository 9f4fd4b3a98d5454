package io.kadb.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The quote and the delimiter of csv, which may not be the same character.
 *
 * @param quote the quote, if it is known
 * @param delimiter the delimiter, if it is known
 */
record CsvMarks(Optional<String> quote, Optional<String> delimiter) {
  CsvMarks {
    quote = quote.map(ValueType.OneByte::character);
    delimiter = delimiter.map(ValueType.OneByte::character);
  }

  /** Returns the marks that one object gives; what it leaves open is unknown. */
  static CsvMarks of(Map<String, String> options) {
    return new CsvMarks(known(options, Option.CSV_QUOTE), known(options, Option.CSV_DELIMITER));
  }

  /**
   * Returns the marks that hold for a table.
   *
   * @param levels the options of the table, and of what it inherits from, the nearest first
   */
  static CsvMarks of(List<Map<String, String>> levels) {
    return new CsvMarks(holding(levels, Option.CSV_QUOTE), holding(levels, Option.CSV_DELIMITER));
  }

  private static Optional<String> holding(List<Map<String, String>> levels, Option option) {
    for (Map<String, String> options : levels) {
      if (spelling(options, option).isPresent()) {
        return known(options, option);
      }
    }
    return option.defaultText();
  }

  /** Returns a value unless it is a reference, which is known only when it is used. */
  private static Optional<String> known(Map<String, String> options, Option option) {
    return spelling(options, option).map(options::get).filter(value -> !References.isIn(value));
  }

  /** Returns the names under which an object gives the two. */
  static List<String> spellings(Map<String, String> options) {
    List<String> names = new ArrayList<>();
    spelling(options, Option.CSV_QUOTE).ifPresent(names::add);
    spelling(options, Option.CSV_DELIMITER).ifPresent(names::add);
    return names;
  }

  private static Optional<String> spelling(Map<String, String> options, Option option) {
    return Stream.concat(Stream.of(option.optionName()), option.aliases().stream())
        .filter(options::containsKey)
        .findFirst();
  }

  /** Returns what is wrong with the two together. */
  Optional<String> problem() {
    return quote.isPresent() && quote.equals(delimiter)
        ? Optional.of("csv_quote and csv_delimeter may not be the same character")
        : Optional.empty();
  }
}
