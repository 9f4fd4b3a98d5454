package io.kadb.format.delimited;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.FormatOptions;
import io.kadb.format.csv.CsvOptions;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the fields of a message are written, and what becomes of them.
 *
 * @param marks what tells them apart
 * @param nullText the text of a field without quotes that is NULL
 * @param neverNull the columns for which that text is no NULL
 * @param fillsMissing whether a row may end early; what is missing is DEFAULT or NULL
 * @param ignoresHeader whether the first row of every message is skipped
 */
public record DelimitedOptions(
    FieldMarks marks,
    String nullText,
    Set<String> neverNull,
    boolean fillsMissing,
    boolean ignoresHeader) {
  public DelimitedOptions {
    neverNull = Set.copyOf(neverNull);
  }

  /**
   * Returns the options of format delimited.
   *
   * @throws KadbException HV002 if the delimiter is missing, HV024 for a wrong value
   */
  public static DelimitedOptions of(FormatOptions options) {
    String delimiter =
        options
            .text("delimited_delimiter")
            .orElseThrow(() -> missing("delimited_delimiter", "format delimited"));
    Optional<Character> quote = oneByte(options, "delimited_quote");
    Optional<Character> escape = oneByte(options, "delimited_escape");
    if (quote.isPresent() && escape.isEmpty()) {
      throw missing("delimited_escape", "format delimited with delimited_quote");
    }
    String rowEnd = options.text("delimited_eol_prefix").orElse("") + "\n";
    return new DelimitedOptions(
        new FieldMarks(
            delimiter.equals("\\t") ? "\t" : delimiter, Optional.of(rowEnd), quote, escape, true),
        options.text("delimited_null").orElse(""),
        Set.of(),
        false,
        false);
  }

  /**
   * Returns the options of csv by the rules of PostgreSQL's COPY, if {@code csv_dialect} asks for
   * it.
   *
   * @throws KadbException HV024 for a wrong value
   */
  public static Optional<DelimitedOptions> ofCsv(FormatOptions options) {
    String dialect = options.text("csv_dialect").orElse("libcsv");
    if (dialect.toLowerCase(Locale.ROOT).equals("libcsv")) {
      return Optional.empty();
    } else if (!dialect.toLowerCase(Locale.ROOT).equals("postgresql")) {
      throw FormatOptions.badValue("csv_dialect", dialect, "libcsv or postgresql");
    }
    CsvOptions csv = CsvOptions.of(options);
    char quote = (char) csv.quote();
    return Optional.of(
        new DelimitedOptions(
            new FieldMarks(
                String.valueOf((char) csv.delimiter()),
                Optional.empty(),
                Optional.of(quote),
                Optional.of(oneByte(options, "csv_escape").orElse(quote)),
                false),
            csv.nullText(),
            names(options.text("csv_force_not_null").orElse("")),
            options.flag("csv_fill_missing_fields", false),
            csv.ignoreHeader()));
  }

  private static Set<String> names(String list) {
    return Arrays.stream(list.split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }

  private static Optional<Character> oneByte(FormatOptions options, String name) {
    Optional<String> text = options.text(name);
    if (text.isPresent()
        && (text.get().length() != 1 || text.get().charAt(0) > 0x7F || isLineEnd(text.get()))) {
      throw FormatOptions.badValue(
          name, text.get(), "one single-byte character other than a line end");
    }
    return text.map(one -> one.charAt(0));
  }

  private static boolean isLineEnd(String text) {
    return text.equals("\n") || text.equals("\r");
  }

  private static KadbException missing(String option, String where) {
    return new KadbException(ErrorCode.MISSING_OPTION, where + ": missing option " + option)
        .withHint("ALTER FOREIGN TABLE … OPTIONS (ADD " + option + " '…')");
  }
}
