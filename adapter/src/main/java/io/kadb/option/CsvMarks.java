package io.kadb.option;

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

  /** Returns the marks that one object gives; what it leaves open is unknown. */
  static CsvMarks of(Map<String, String> options) {
    return new CsvMarks(given(options, Option.CSV_QUOTE), given(options, Option.CSV_DELIMITER));
  }

  private static Optional<String> given(Map<String, String> options, Option option) {
    return Stream.concat(Stream.of(option.optionName()), option.aliases().stream())
        .filter(options::containsKey)
        .map(options::get)
        .filter(value -> !References.isIn(value))
        .findFirst();
  }

  /** Returns what is wrong with the two together. */
  Optional<String> problem() {
    return quote.isPresent() && quote.equals(delimiter)
        ? Optional.of("csv_quote and csv_delimeter may not be the same character")
        : Optional.empty();
  }
}
