package io.kadb.type;

import static io.kadb.type.DateTimePart.DATE;
import static io.kadb.type.DateTimePart.DAY;
import static io.kadb.type.DateTimePart.DAY_OF_YEAR;
import static io.kadb.type.DateTimePart.MONTH;
import static io.kadb.type.DateTimePart.TIME;
import static io.kadb.type.DateTimePart.YEAR;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Puts the numbers of a date where they belong: a number of three digits or more is a year where
 * one may stand; otherwise the order is month, day, year, or year, month, day. Each method returns
 * the parts that it took.
 */
final class DatePieces {
  private final DateTimeFields fields;

  DatePieces(DateTimeFields fields) {
    this.fields = fields;
  }

  /** Takes a whole date whose pieces are joined by hyphens, slashes or points. */
  Set<DateTimePart> joined(String text) {
    EnumSet<DateTimePart> known = EnumSet.copyOf(fields.seen);
    EnumSet<DateTimePart> taken = EnumSet.noneOf(DateTimePart.class);
    List<String> pieces = split(text);
    boolean monthByName = false;
    for (String piece : pieces) {
      if (Ascii.isLetter(piece.charAt(0))) {
        DateTimeWord word = DateTimeWord.of(piece);
        if (word == null || word.meaning() != DateTimeWord.Meaning.MONTH) {
          throw fields.malformed();
        }
        fields.month = word.value();
        monthByName = true;
        take(EnumSet.of(MONTH), known, taken);
      }
    }
    for (String piece : pieces) {
      if (Ascii.isDigit(piece.charAt(0))) {
        take(number(piece, monthByName, known), known, taken);
      }
    }
    // Nothing but a zone may have come before such a date.
    known.remove(DAY_OF_YEAR);
    known.remove(DateTimePart.ZONE);
    if (!known.equals(DATE)) {
      throw fields.malformed();
    }
    return taken;
  }

  private void take(Set<DateTimePart> parts, Set<DateTimePart> known, Set<DateTimePart> taken) {
    for (DateTimePart part : parts) {
      if (!known.add(part)) {
        throw fields.malformed();
      }
    }
    taken.addAll(parts);
  }

  /** Cuts into runs of digits and of letters; one character after each run is a delimiter. */
  private List<String> split(String text) {
    List<String> pieces = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      while (at < text.length() && !isLetterOrDigit(text.charAt(at))) {
        at++;
      }
      if (at == text.length()) {
        throw fields.malformed();
      }
      int from = at;
      boolean digits = Ascii.isDigit(text.charAt(at));
      while (at < text.length()
          && (digits ? Ascii.isDigit(text.charAt(at)) : Ascii.isLetter(text.charAt(at)))) {
        at++;
      }
      pieces.add(text.substring(from, at));
      at++;
    }
    return pieces;
  }

  private static boolean isLetterOrDigit(char c) {
    return Ascii.isLetter(c) || Ascii.isDigit(c);
  }

  /**
   * Takes one number: year, month or day by what is known so far, or a time after a whole date.
   *
   * @param known the parts said before
   */
  Set<DateTimePart> number(String text, boolean monthByName, Set<DateTimePart> known) {
    LeadingNumber number = LeadingNumber.ofInt(text, 0);
    if (number.tooLarge()) {
      throw fields.outOfRange();
    }
    if (number.end() == 0) {
      throw fields.malformed();
    }
    if (number.next(text) == '.') {
      if (number.end() > 2) {
        return together(text, DateTimePart.union(DATE, known));
      }
      fields.setFraction(text.substring(number.end() + 1));
    } else if (!number.isAllOf(text)) {
      throw fields.malformed();
    }
    EnumSet<DateTimePart> date = EnumSet.copyOf(DATE);
    date.retainAll(known);
    if (date.equals(DATE)) {
      return together(text, known);
    }
    return place((int) number.value(), text.length(), monthByName, date);
  }

  /** Takes a number as a part of the date, given the parts of the date that are known. */
  private Set<DateTimePart> place(
      int value, int length, boolean monthByName, Set<DateTimePart> date) {
    if (length == 3 && date.equals(EnumSet.of(YEAR)) && value >= 1 && value <= 366) {
      fields.dayOfYear = value;
      return EnumSet.of(DAY_OF_YEAR, MONTH, DAY);
    }
    DateTimePart part;
    if (date.isEmpty()) {
      part = length > 2 ? YEAR : MONTH;
    } else if (!date.contains(MONTH)) {
      part = MONTH;
    } else if (date.contains(DAY)) {
      part = YEAR;
    } else {
      part = monthByName && !date.contains(YEAR) && length > 2 ? YEAR : DAY;
    }
    switch (part) {
      case YEAR -> setYear(value, length);
      case MONTH -> fields.month = value;
      default -> fields.day = value;
    }
    return EnumSet.of(part);
  }

  private void setYear(int value, int length) {
    fields.year = value;
    fields.shortYear = length <= 2;
  }

  /**
   * Takes digits that run together: yyyymmdd or yymmdd unless the date is known, otherwise hhmmss
   * or hhmm, perhaps with a fraction.
   *
   * @param known the parts said before
   */
  Set<DateTimePart> together(String text, Set<DateTimePart> known) {
    int point = text.indexOf('.');
    String digits = point < 0 ? text : text.substring(0, point);
    int length = digits.length();
    if (!digits.chars().allMatch(c -> Ascii.isDigit((char) c))) {
      throw fields.malformed();
    }
    if (point >= 0) {
      fields.setFraction(text.substring(point + 1));
    } else if (!known.containsAll(DATE) && length >= 6) {
      setYear(fields.number(digits.substring(0, length - 4)), length - 4);
      fields.month = fields.number(digits.substring(length - 4, length - 2));
      fields.day = fields.number(digits.substring(length - 2));
      return DATE;
    }
    if (known.contains(TIME) || (length != 6 && length != 4)) {
      throw fields.malformed();
    }
    fields.setTime(
        fields.number(digits.substring(0, 2)),
        fields.number(digits.substring(2, 4)),
        length == 6 ? fields.number(digits.substring(4)) : 0);
    return EnumSet.of(TIME);
  }
}
