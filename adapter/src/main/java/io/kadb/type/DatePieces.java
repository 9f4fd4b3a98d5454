package io.kadb.type;

import java.util.Arrays;
import java.util.List;

/**
 * Puts the pieces of a date where they belong: a piece of three digits or more is a year where one
 * may stand; otherwise the order is month, day, year, or year, month, day.
 */
final class DatePieces {
  private final DateTimeFields fields;
  private boolean monthByName;

  DatePieces(DateTimeFields fields) {
    this.fields = fields;
  }

  /** Takes a date whose pieces are joined by hyphens, slashes or points. */
  void joined(String text) {
    if (fields.timeOfDay != null) {
      throw fields.malformed();
    }
    List<String> parts = Arrays.stream(text.split("[^a-z0-9]+")).filter(p -> !p.isEmpty()).toList();
    for (String part : parts) {
      if (Ascii.isLetter(part.charAt(0))) {
        DateTimeWord word = DateTimeWord.of(part);
        if (word == null || word.meaning() != DateTimeWord.Meaning.MONTH || fields.month != null) {
          throw fields.malformed();
        }
        fields.month = word.value();
        monthByName = true;
      }
    }
    for (String part : parts) {
      if (Ascii.isDigit(part.charAt(0))) {
        number(part);
      }
    }
    if (!fields.hasDate()) {
      throw fields.malformed();
    }
  }

  /** A number of a date: year, month or day by what is known so far. */
  void number(String digits) {
    int value = fields.number(digits);
    boolean asYear = digits.length() > 2;
    boolean onlyYear = fields.year != null && fields.month == null && fields.day == null;
    if (digits.length() == 3 && onlyYear && value >= 1 && value <= 366) {
      fields.dayOfYear = value;
    } else if (!fields.hasAnyDate()) {
      if (asYear) {
        setYear(digits, value);
      } else {
        fields.month = value;
      }
    } else if (fields.month == null) {
      fields.month = value;
    } else if (fields.day == null && fields.year == null) {
      if (monthByName && asYear) {
        setYear(digits, value);
      } else {
        fields.day = value;
      }
    } else if (fields.day == null) {
      fields.day = value;
    } else if (fields.year == null) {
      setYear(digits, value);
    } else {
      throw fields.malformed();
    }
  }

  private void setYear(String digits, int value) {
    fields.year = value;
    fields.shortYear = digits.length() <= 2;
  }

  /** A month by its name; a number taken for the month before it was the day. */
  void month(int value) {
    if (fields.month != null) {
      if (monthByName || fields.day != null) {
        throw fields.malformed();
      }
      fields.day = fields.month;
    }
    fields.month = value;
    monthByName = true;
  }

  /** Takes a date whose digits run together: yyyymmdd or yymmdd. */
  void together(String digits) {
    int length = digits.length();
    if (fields.hasAnyDate()) {
      throw fields.malformed();
    }
    String year = digits.substring(0, length - 4);
    setYear(year, fields.number(year));
    fields.month = fields.number(digits.substring(length - 4, length - 2));
    fields.day = fields.number(digits.substring(length - 2));
  }
}
