package io.kadb.type;

import io.kadb.type.DateTimeToken.Kind;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.JulianFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a date, a time or both as PostgreSQL does, with {@code datestyle} ISO, MDY. The rules are
 * those of its manual, appendix B.1 (Date/Time Input Interpretation).
 */
final class DateTimeReader {
  private final DateTimeFields fields;
  private final DatePieces date;
  private final List<DateTimeToken> tokens;
  private final boolean timeOnly;

  /** The word that says what the next number is: {@code t} or {@code j}. */
  private DateTimeWord.@Nullable Meaning announced;

  private DateTimeReader(ColumnType type, String text) {
    this.fields = new DateTimeFields(type, text);
    this.date = new DatePieces(fields);
    this.tokens = DateTimeToken.split(text).orElseThrow(fields::malformed);
    this.timeOnly = type.kind() == TypeKind.TIME;
  }

  /**
   * Returns the fields a text gives. For TIME there is a time, for other types a date.
   *
   * @throws io.kadb.error.KadbException 22007 if it is not a date or time, 22008 if it does not
   *     exist or is one kadb does not hold
   */
  static DateTimeFields read(ColumnType type, String text) {
    DateTimeReader reader = new DateTimeReader(type, text);
    if (reader.tokens.isEmpty()) {
      throw reader.fields.malformed();
    }
    for (int i = 0; i < reader.tokens.size(); i++) {
      reader.token(i);
    }
    // What the time of a zone with daylight saving means depends on the date.
    boolean vague = reader.fields.zone != null && !(reader.fields.zone instanceof ZoneOffset);
    if (vague && !reader.fields.hasDate()) {
      throw reader.fields.malformed();
    }
    boolean complete = reader.timeOnly ? reader.fields.timeOfDay != null : reader.fields.hasDate();
    if (!complete || reader.announced != null) {
      throw reader.fields.malformed();
    }
    return reader.fields;
  }

  private void token(int i) {
    String text = tokens.get(i).text();
    switch (tokens.get(i).kind()) {
      case DATE -> joined(text, i);
      case TIME -> {
        take(DateTimeWord.Meaning.TIME_FOLLOWS);
        time(text);
      }
      case SIGNED -> offset(text);
      case NUMBER -> number(text, i);
      case WORD, SIGNED_WORD -> word(text);
    }
  }

  /** Takes a word announced before, which may be none, but not another than the one given. */
  private boolean take(DateTimeWord.Meaning wanted) {
    boolean present = announced != null;
    if (present && announced != wanted) {
      throw fields.malformed();
    }
    announced = null;
    return present;
  }

  /** Pieces joined by hyphens, slashes or points: a date, or after one a zone. */
  private void joined(String text, int i) {
    boolean dateMayCome =
        timeOnly
            ? i == 0 && tokens.size() > 1 && lastOrSecondIsTime()
            : announced == null && !(fields.month != null && fields.day != null);
    if (dateMayCome) {
      date.joined(text);
    } else if (Ascii.isDigit(text.charAt(0))) {
      take(DateTimeWord.Meaning.TIME_FOLLOWS);
      int hyphen = text.indexOf('-');
      if (hyphen < 0 || fields.timeOfDay != null) {
        throw fields.malformed();
      }
      offset(text.substring(hyphen));
      digits(text.substring(0, hyphen), true);
    } else {
      if (ZoneOffsets.zone(text) == null) {
        throw fields.noSuchZone();
      }
      zone(text);
    }
  }

  private boolean lastOrSecondIsTime() {
    return tokens.get(tokens.size() - 1).kind() == Kind.DATE || tokens.get(1).kind() == Kind.TIME;
  }

  private void time(String text) {
    String[] parts = text.split(":", -1);
    int point = parts[parts.length - 1].indexOf('.');
    String last = parts[parts.length - 1];
    String whole = point < 0 ? last : last.substring(0, point);
    int micros = point < 0 ? 0 : fields.micros(last.substring(point + 1));
    if (fields.timeOfDay != null || parts.length > 3) {
      throw fields.malformed();
    }
    int first = fields.number(parts[0]);
    if (parts.length == 3) {
      fields.setTime(first, fields.number(parts[1]), fields.number(whole), micros);
    } else if (point >= 0) {
      fields.setTime(0, first, fields.number(whole), micros); // 12:34.5 is minutes and seconds
    } else {
      fields.setTime(first, fields.number(whole), 0, 0);
    }
  }

  private void offset(String text) {
    if (fields.zone != null) {
      throw fields.malformed();
    }
    fields.setOffset(text);
  }

  private void number(String text, int i) {
    if (announced == DateTimeWord.Meaning.JULIAN_FOLLOWS) {
      announced = null;
      julian(text);
    } else if (take(DateTimeWord.Meaning.TIME_FOLLOWS)) {
      digits(text, true);
    } else {
      plainNumber(text, i);
    }
  }

  private void plainNumber(String text, int i) {
    int point = text.indexOf('.');
    boolean dateBefore = timeOnly || fields.hasAnyDate();
    boolean dateOfPoints = timeOnly && i == 0 && lastIsJoined();
    if (point >= 0 && (!dateBefore || dateOfPoints)) {
      date.joined(text);
    } else if (point > 2 || (text.length() > 5 && point < 0)) {
      digits(text, timeOnly || fields.hasDate());
    } else if (timeOnly || fields.hasDate()) {
      digits(text, true);
    } else if (point >= 0) {
      throw fields.malformed();
    } else {
      date.number(text);
    }
  }

  private boolean lastIsJoined() {
    return tokens.size() > 1 && tokens.get(tokens.size() - 1).kind() == Kind.DATE;
  }

  /** Digits run together: yyyymmdd, yymmdd; as a time hhmmss or hhmm, perhaps with a fraction. */
  private void digits(String text, boolean asTime) {
    int point = text.indexOf('.');
    String whole = point < 0 ? text : text.substring(0, point);
    int length = whole.length();
    if (!asTime && point < 0 && length >= 6) {
      date.together(whole);
      return;
    }
    if (fields.timeOfDay != null || (length != 6 && length != 4)) {
      throw fields.malformed();
    }
    fields.setTime(
        fields.number(whole.substring(0, 2)),
        fields.number(whole.substring(2, 4)),
        length == 6 ? fields.number(whole.substring(4)) : 0,
        point < 0 ? 0 : fields.micros(text.substring(point + 1)));
  }

  private void julian(String text) {
    int point = text.indexOf('.');
    int number = fields.number(point < 0 ? text : text.substring(0, point));
    if (fields.hasAnyDate()) {
      throw fields.malformed();
    }
    fields.setDate(LocalDate.EPOCH.with(JulianFields.JULIAN_DAY, number));
    if (point >= 0) {
      double fraction = Double.parseDouble("0." + text.substring(point + 1));
      fields.timeOfDay = (long) Math.rint(fraction * DateTimeFields.MICROS_PER_DAY);
    }
  }

  private void word(String text) {
    DateTimeWord word = DateTimeWord.of(text);
    if (word == null) {
      zone(text);
      return;
    }
    switch (word.meaning()) {
      case MONTH -> date.month(word.value());
      case DAY_OF_WEEK, AD, FILLER -> {}
      case AM_PM -> {
        if (fields.afternoon != null) {
          throw fields.malformed();
        }
        fields.afternoon = word.value() == 1;
      }
      case BC -> fields.beforeChrist = true;
      case EPOCH -> {
        refuseForTime();
        fields.setDate(LocalDate.EPOCH);
        fields.timeOfDay = 0L;
        fields.zone = ZoneOffset.UTC;
      }
      case INFINITY -> {
        refuseForTime();
        throw fields.outOfRange().withHint(Refusal.DECLARE_TEXT);
      }
      case UNIT -> throw fields.malformed();
      case RELATIVE -> throw fields.malformed().withHint("a message cannot say when it is read");
      case ALLBALLS -> {
        fields.timeOfDay = 0L;
        fields.zone = ZoneOffset.UTC;
      }
      case TIME_FOLLOWS -> {
        if (announced != null || (!timeOnly && !fields.hasDate())) {
          throw fields.malformed();
        }
        announced = word.meaning();
      }
      case JULIAN_FOLLOWS -> announced = word.meaning();
    }
  }

  private void refuseForTime() {
    if (timeOnly) {
      throw fields.malformed();
    }
  }

  private void zone(String name) {
    ZoneId zone = ZoneOffsets.zone(name);
    if (zone == null || fields.zone != null) {
      throw fields.malformed();
    }
    fields.zone = zone;
  }
}
