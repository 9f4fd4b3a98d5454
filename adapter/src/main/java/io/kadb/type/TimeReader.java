package io.kadb.type;

import static io.kadb.type.DateTimePart.DATE;
import static io.kadb.type.DateTimePart.TIME;

import io.kadb.type.DateTimeToken.Kind;
import java.util.List;
import java.util.Set;

/** Reads a time, around which a date and a zone may stand: TIME. */
final class TimeReader extends DateTimeReader {
  TimeReader(DateTimeFields fields, List<DateTimeToken> tokens) {
    super(fields, tokens);
  }

  @Override
  Set<DateTimePart> joined(String text, int i) {
    if (i == 0 && tokens.size() > 1 && (lastIsJoined() || tokens.get(1).kind() == Kind.TIME)) {
      return pieces.joined(text);
    }
    if (Ascii.isDigit(text.charAt(0))) {
      return timeAndOffset(text, withDate());
    }
    return zone(text).orElseThrow(fields::noSuchZone);
  }

  @Override
  Set<DateTimePart> plainNumber(String text, int i) {
    int point = text.indexOf('.');
    if (point >= 0 && i == 0 && tokens.size() > 1 && lastIsJoined()) {
      return pieces.joined(text);
    }
    if (point >= 0 && point <= 2) {
      throw fields.malformed();
    }
    return point >= 0 || text.length() > 4
        ? pieces.together(text, withDate())
        : pieces.number(text, false, withDate());
  }

  private Set<DateTimePart> withDate() {
    return DateTimePart.union(DATE, fields.seen);
  }

  private boolean lastIsJoined() {
    return tokens.get(tokens.size() - 1).kind() == Kind.DATE;
  }

  @Override
  boolean timeMayFollow() {
    return true;
  }

  @Override
  boolean takesWordsOfDates() {
    return false;
  }

  @Override
  void finish() {
    fields.checkDate();
    fields.applyHalfOfDay();
    fields.checkTime();
    if (!fields.seen.contains(TIME)) {
      throw fields.malformed();
    }
    checkSummerTime();
    // What the time of a zone with daylight saving means depends on the date.
    boolean vague = fields.zone != null && fields.zone.needsDate();
    if (vague && !fields.hasDate()) {
      throw fields.malformed();
    }
  }
}
