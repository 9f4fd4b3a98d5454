package io.kadb.format.delimited;

import io.kadb.format.FormatOptions;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What tells the fields and the rows of a message apart.
 *
 * @param delimiter the text between fields, 1 to 32 bytes
 * @param rowEnd the text behind a row; if there is none, each of LF, CR and CRLF ends one
 * @param quote the character before and after what is taken as it stands
 * @param escape the character before a mark that is part of the field
 * @param escapesOutsideQuotes whether the escape counts outside quotes, too
 */
record FieldMarks(
    String delimiter,
    Optional<String> rowEnd,
    Optional<Character> quote,
    Optional<Character> escape,
    boolean escapesOutsideQuotes) {
  private static final int MAX_DELIMITER_BYTES = 32;

  /**
   * Checks that the marks cannot be taken for each other.
   *
   * @throws io.kadb.error.KadbException HV024 if they can
   */
  FieldMarks {
    int bytes = delimiter.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > MAX_DELIMITER_BYTES) {
      throw badDelimiter(delimiter, "a text of 1 to " + MAX_DELIMITER_BYTES + " bytes");
    }
    if (contains(delimiter, quote) || contains(delimiter, escape)) {
      throw badDelimiter(delimiter, "a text without the quote and the escape");
    }
    if (rowEnd.isPresent() ? delimiter.startsWith(rowEnd.get()) : isLineEnd(delimiter.charAt(0))) {
      throw badDelimiter(delimiter, "a text that does not begin as the end of a row");
    }
    if (rowEnd.filter(end -> contains(end, quote) || contains(end, escape)).isPresent()) {
      throw FormatOptions.badValue(
          "delimited_eol_prefix", rowEnd.get(), "a text without the quote and the escape");
    }
  }

  private static RuntimeException badDelimiter(String found, String wanted) {
    return FormatOptions.badValue("delimited_delimiter", found, wanted);
  }

  private static boolean contains(String text, Optional<Character> mark) {
    return mark.isPresent() && text.indexOf(mark.get()) >= 0;
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }
}
