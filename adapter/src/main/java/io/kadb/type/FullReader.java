package io.kadb.type;

import static io.kadb.type.DateTimePart.DATE;
import static io.kadb.type.DateTimePart.DAY;
import static io.kadb.type.DateTimePart.MONTH;
import static io.kadb.type.DateTimePart.TIME;
import static io.kadb.type.DateTimePart.ZONE;

import io.kadb.type.DateTimeWord.Meaning;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads a date with or without a time: DATE, TIMESTAMP and TIMESTAMPTZ. */
final class FullReader extends DateTimeReader {
  FullReader(DateTimeFields fields, List<DateTimeToken> tokens) {
    super(fields, tokens);
  }

  @Override
  Set<DateTimePart> joined(String text, int i) {
    if (announced == Meaning.JULIAN_FOLLOWS) {
      return julianAndOffset(text);
    }
    boolean dateKnown = fields.seen.contains(MONTH) && fields.seen.contains(DAY);
    if (announced == null && !dateKnown) {
      return pieces.joined(text);
    }
    if (announced != null || Ascii.isDigit(text.charAt(0))) {
      takeAnnouncedTime();
      return timeAndOffset(text, fields.seen);
    }
    return zone(text).orElseThrow(fields::noSuchZone);
  }

  private Set<DateTimePart> julianAndOffset(String text) {
    LeadingNumber day = LeadingNumber.ofInt(text, 0);
    if (day.tooLarge()) {
      throw fields.outOfRange();
    }
    setJulian(day.value());
    announced = null;
    offset(text.substring(day.end()));
    return DateTimePart.union(DATE, EnumSet.of(TIME, ZONE));
  }

  @Override
  Set<DateTimePart> plainNumber(String text, int i) {
    boolean point = text.indexOf('.') >= 0;
    if (point && !DateTimePart.anyOfDate(fields.seen)) {
      return pieces.joined(text);
    }
    boolean open = !DateTimePart.anyOfDate(fields.seen) || !fields.seen.contains(TIME);
    if (point ? text.indexOf('.') > 2 : text.length() >= 6 && open) {
      return pieces.together(text, fields.seen);
    }
    if (point && text.length() >= 6 && open) {
      return pieces.together(text, fields.seen);
    }
    return pieces.number(text, monthByName, fields.seen);
  }

  @Override
  boolean timeMayFollow() {
    return fields.hasDate();
  }

  @Override
  boolean takesWordsOfDates() {
    return true;
  }

  @Override
  void finish() {
    fields.checkDate();
    fields.applyHalfOfDay();
    if (!fields.hasDate()) {
      throw fields.malformed();
    }
    checkSummerTime();
  }
}
