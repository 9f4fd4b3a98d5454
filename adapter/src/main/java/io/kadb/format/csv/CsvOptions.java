package io.kadb.format.csv;

import io.kadb.format.FormatOptions;

/**
 * How the fields of a csv message are written.
 *
 * @param quote the byte that begins and ends a quoted field
 * @param delimiter the byte between fields
 * @param nullText the text of a field that is NULL; an empty field is NULL in any case
 * @param ignoreHeader whether the first record of every message is skipped
 * @param trim whether blanks and tabs around fields are removed
 * @param strict whether unterminated quotes, text after a closing quote and records with too few
 *     fields are refused
 */
public record CsvOptions(
    byte quote,
    byte delimiter,
    String nullText,
    boolean ignoreHeader,
    boolean trim,
    boolean strict) {
  /** What holds where no option says otherwise. */
  public static final CsvOptions DEFAULT =
      new CsvOptions((byte) '"', (byte) ',', "", false, true, false);

  /**
   * Checks quote and delimiter.
   *
   * @throws io.kadb.error.KadbException HV024 if they are equal, or one is a line end or not ASCII
   */
  public CsvOptions {
    check("csv_quote", quote);
    check("csv_delimeter", delimiter);
    if (quote == delimiter) {
      throw FormatOptions.badValue(
          "csv_delimeter", shown(delimiter), "another character than csv_quote");
    }
  }

  /**
   * Returns the options given, and the usual ones for others.
   *
   * @throws io.kadb.error.KadbException HV024 for a wrong value
   */
  public static CsvOptions of(FormatOptions options) {
    String delimiterName =
        options.text("csv_delimeter").isPresent() ? "csv_delimeter" : "csv_delimiter";
    return new CsvOptions(
        oneByte(options, "csv_quote", DEFAULT.quote),
        oneByte(options, delimiterName, DEFAULT.delimiter),
        options.text("csv_null").orElse(DEFAULT.nullText),
        options.flag("csv_ignore_header", DEFAULT.ignoreHeader),
        options.flag("csv_attribute_trim_whitespace", DEFAULT.trim),
        options.flag("csv_strict", DEFAULT.strict));
  }

  /** Returns these options with another quote. */
  public CsvOptions withQuote(char newQuote) {
    return new CsvOptions((byte) newQuote, delimiter, nullText, ignoreHeader, trim, strict);
  }

  /** Returns these options with another delimiter. */
  public CsvOptions withDelimiter(char newDelimiter) {
    return new CsvOptions(quote, (byte) newDelimiter, nullText, ignoreHeader, trim, strict);
  }

  /** Returns these options with another text for NULL. */
  public CsvOptions withNullText(String newNullText) {
    return new CsvOptions(quote, delimiter, newNullText, ignoreHeader, trim, strict);
  }

  /** Returns these options with or without a header in every message. */
  public CsvOptions withHeaderIgnored(boolean newIgnoreHeader) {
    return new CsvOptions(quote, delimiter, nullText, newIgnoreHeader, trim, strict);
  }

  /** Returns these options with trimming on or off. */
  public CsvOptions withTrim(boolean newTrim) {
    return new CsvOptions(quote, delimiter, nullText, ignoreHeader, newTrim, strict);
  }

  /** Returns these options, strict or not. */
  public CsvOptions withStrict(boolean newStrict) {
    return new CsvOptions(quote, delimiter, nullText, ignoreHeader, trim, newStrict);
  }

  /** Returns whether a byte is removed around fields. */
  boolean isBlank(byte b) {
    return trim && (b == ' ' || b == '\t') && b != delimiter;
  }

  private static byte oneByte(FormatOptions options, String name, byte otherwise) {
    String text = options.text(name).orElse(null);
    if (text == null) {
      return otherwise;
    }
    if (text.length() != 1 || text.charAt(0) > 0x7F) {
      throw FormatOptions.badValue(name, text, "one single-byte character");
    }
    check(name, (byte) text.charAt(0));
    return (byte) text.charAt(0);
  }

  private static void check(String name, byte b) {
    if (b <= 0 || b == '\n' || b == '\r') {
      throw FormatOptions.badValue(
          name, shown(b), "one single-byte character other than a line end");
    }
  }

  private static String shown(byte b) {
    return String.valueOf((char) (b & 0xFF));
  }
}
