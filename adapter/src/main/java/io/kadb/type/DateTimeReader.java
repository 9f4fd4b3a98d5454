package io.kadb.type;

import static io.kadb.type.DateTimePart.DATE;
import static io.kadb.type.DateTimePart.DAY;
import static io.kadb.type.DateTimePart.ERA;
import static io.kadb.type.DateTimePart.HALF_OF_DAY;
import static io.kadb.type.DateTimePart.MONTH;
import static io.kadb.type.DateTimePart.SUMMER;
import static io.kadb.type.DateTimePart.SUMMER_MODIFIER;
import static io.kadb.type.DateTimePart.TIME;
import static io.kadb.type.DateTimePart.WEEKDAY;
import static io.kadb.type.DateTimePart.ZONE;

import io.kadb.type.DateTimeWord.Meaning;
import java.time.LocalDate;
import java.time.temporal.JulianFields;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a date, a time or both as PostgreSQL does, with {@code datestyle} ISO, MDY. The rules are
 * those of its manual, appendix B.1 (Date/Time Input Interpretation). Where a date must come and
 * where only a time must, pieces mean different things: {@link FullReader}, {@link TimeReader}.
 */
abstract sealed class DateTimeReader permits FullReader, TimeReader {
  private static final Set<DateTimePart> NOTHING = EnumSet.noneOf(DateTimePart.class);
  private static final Set<DateTimePart> EVERYTHING =
      DateTimePart.union(DATE, EnumSet.of(TIME, ZONE));

  final DateTimeFields fields;
  final DatePieces pieces;
  final List<DateTimeToken> tokens;

  /** The word that says what the next number is. */
  @Nullable Meaning announced;

  /** Whether a month was given by its name. */
  boolean monthByName;

  DateTimeReader(DateTimeFields fields, List<DateTimeToken> tokens) {
    this.fields = fields;
    this.pieces = new DatePieces(fields);
    this.tokens = tokens;
  }

  /**
   * Returns the fields a text gives. For TIME there is a time, for other types a date.
   *
   * @throws io.kadb.error.KadbException 22007 if it is not a date or time, 22008 if it does not
   *     exist or is one kadb does not hold, 22009 for an offset and 22023 for a zone that does not
   *     exist
   */
  static DateTimeFields read(ColumnType type, String text) {
    DateTimeFields fields = new DateTimeFields(type, text);
    List<DateTimeToken> tokens =
        DateTimeToken.split(text, DateTimeToken.MOST_CHARACTERS).orElseThrow(fields::malformed);
    DateTimeReader reader =
        type.kind() == TypeKind.TIME
            ? new TimeReader(fields, tokens)
            : new FullReader(fields, tokens);
    reader.readAll();
    if (fields.relative) {
      throw fields.malformed();
    }
    return fields;
  }

  private void readAll() {
    for (int i = 0; i < tokens.size(); i++) {
      String text = tokens.get(i).text();
      fields.see(
          switch (tokens.get(i).kind()) {
            case DATE -> joined(text, i);
            case TIME -> time(text);
            case SIGNED -> offset(text);
            case NUMBER -> number(text, i);
            case WORD, SIGNED_WORD -> word(text);
          });
    }
    if (announced != null) {
      throw fields.malformed();
    }
    finish();
  }

  /** Takes pieces joined by hyphens, slashes or points: a date, a zone, or a time and an offset. */
  abstract Set<DateTimePart> joined(String text, int i);

  /** Takes a number that no word announced. */
  abstract Set<DateTimePart> plainNumber(String text, int i);

  /** Returns whether a {@code t} may announce a time here. */
  abstract boolean timeMayFollow();

  /** Returns whether words that say something of the date may come: months, weekdays, epoch. */
  abstract boolean takesWordsOfDates();

  /** Checks that what was read is complete and possible. */
  abstract void finish();

  /** Takes {@code hh:mm}, {@code hh:mm:ss}, {@code mm:ss.f} or {@code hh:mm:ss.f}. */
  private Set<DateTimePart> time(String text) {
    takeAnnouncedTime();
    TimeOfDay time = TimeOfDay.read(text, fields::malformed, fields::outOfRange);
    if (time.hours() > Integer.MAX_VALUE) {
      throw fields.outOfRange();
    }
    fields.setTime((int) time.hours(), time.minutes(), time.seconds());
    fields.setFraction(time.fraction());
    if (takesWordsOfDates()) {
      fields.checkTime();
    }
    return EnumSet.of(TIME);
  }

  /** Takes the {@code t} before a time, which may be none, but not another word. */
  final boolean takeAnnouncedTime() {
    boolean present = announced != null;
    if (present && announced != Meaning.TIME_FOLLOWS) {
      throw fields.malformed();
    }
    announced = null;
    return present;
  }

  /** Takes an offset such as {@code +02}, {@code -0330} or {@code +05:45:10}. */
  final Set<DateTimePart> offset(String text) {
    if (text.isEmpty() || (text.charAt(0) != '+' && text.charAt(0) != '-')) {
      throw fields.malformed();
    }
    LeadingNumber first = part(text, 1);
    LeadingNumber last = first;
    long hours = first.value();
    long minutes = 0;
    long seconds = 0;
    if (first.next(text) == ':') {
      last = part(text, first.end() + 1);
      minutes = last.value();
      if (last.next(text) == ':') {
        last = part(text, last.end() + 1);
        seconds = last.value();
      }
    } else if (first.isAllOf(text) && text.length() > 3) {
      minutes = hours % 100;
      hours /= 100;
    }
    boolean inRange = hours >= 0 && hours <= 15 && minutes >= 0 && minutes < 60;
    if (!inRange || seconds < 0 || seconds >= 60) {
      throw fields.badOffset();
    }
    if (!last.isAllOf(text)) {
      throw fields.malformed();
    }
    int total = (int) ((hours * 60 + minutes) * 60 + seconds);
    fields.offsetSeconds = text.charAt(0) == '-' ? -total : total;
    return EnumSet.of(ZONE);
  }

  private LeadingNumber part(String text, int from) {
    LeadingNumber part = LeadingNumber.ofInt(text, from);
    if (part.tooLarge()) {
      throw fields.badOffset();
    }
    return part;
  }

  /** Takes a time whose digits run together with an offset: {@code 123456-05}. */
  final Set<DateTimePart> timeAndOffset(String text, Set<DateTimePart> known) {
    int hyphen = text.indexOf('-');
    if (fields.seen.contains(TIME) || hyphen < 0) {
      throw fields.malformed();
    }
    Set<DateTimePart> zone = offset(text.substring(hyphen));
    return DateTimePart.union(zone, pieces.together(text.substring(0, hyphen), known));
  }

  private Set<DateTimePart> number(String text, int i) {
    if (announced == null) {
      return plainNumber(text, i);
    }
    LeadingNumber number = LeadingNumber.ofInt(text, 0);
    if (number.tooLarge()) {
      throw fields.outOfRange();
    }
    Meaning meaning = announced;
    announced = null;
    return switch (meaning) {
      case JULIAN_FOLLOWS -> julian(text, number);
      case TIME_FOLLOWS -> pieces.together(text, DateTimePart.union(DATE, fields.seen));
      default -> throw fields.malformed();
    };
  }

  /** Takes a Julian day; its fraction is the time. */
  private Set<DateTimePart> julian(String text, LeadingNumber number) {
    setJulian(number.value());
    if (number.isAllOf(text)) {
      return DATE;
    }
    String digits = text.substring(number.end() + 1);
    double fraction = digits.isEmpty() ? 0 : Double.parseDouble("0." + digits);
    long time = (long) (fraction * DateTimeFields.MICROS_PER_DAY);
    int seconds = (int) (time / DateTimeFields.MICROS_PER_SECOND);
    fields.setTime(seconds / 3600, seconds / 60 % 60, seconds % 60);
    fields.micros = (int) (time % DateTimeFields.MICROS_PER_SECOND);
    return DateTimePart.union(DATE, EnumSet.of(TIME));
  }

  final void setJulian(long day) {
    fields.setDate(LocalDate.EPOCH.with(JulianFields.JULIAN_DAY, day));
    fields.julian = true;
  }

  private Set<DateTimePart> word(String text) {
    ZoneAbbreviation abbreviation = ZoneAbbreviation.of(text);
    if (abbreviation != null) {
      fields.zone = abbreviation.zone();
      fields.offsetSeconds = abbreviation.offsetSeconds();
      return abbreviation.summer() ? EnumSet.of(ZONE, SUMMER) : EnumSet.of(ZONE);
    }
    DateTimeWord word = DateTimeWord.of(text);
    if (word == null) {
      return zone(text).orElseThrow(fields::malformed);
    }
    return switch (word.meaning()) {
      case MONTH, DAY_OF_WEEK, EPOCH, INFINITY, DAY_RELATIVE -> wordOfDate(word);
      case NOW -> {
        fields.relative = true;
        fields.setDate(LocalDate.EPOCH);
        yield takesWordsOfDates() ? EVERYTHING : EnumSet.of(TIME);
      }
      case FILLER -> NOTHING;
      case AM_PM -> {
        fields.afternoon = word.value() == 1;
        yield EnumSet.of(HALF_OF_DAY);
      }
      case ERA -> {
        fields.beforeChrist = word.value() == 1;
        yield EnumSet.of(ERA);
      }
      case SUMMER_TIME -> {
        fields.offsetSeconds += 3600;
        yield EnumSet.of(SUMMER, SUMMER_MODIFIER);
      }
      case ALLBALLS -> {
        fields.setTime(0, 0, 0);
        fields.offsetSeconds = 0;
        yield EnumSet.of(TIME, ZONE);
      }
      case UNIT, JULIAN_FOLLOWS, TIME_FOLLOWS -> {
        boolean early = word.meaning() == Meaning.TIME_FOLLOWS && !timeMayFollow();
        if (announced != null || early) {
          throw fields.malformed();
        }
        announced = word.meaning();
        yield NOTHING;
      }
    };
  }

  private Set<DateTimePart> wordOfDate(DateTimeWord word) {
    if (!takesWordsOfDates()) {
      throw fields.malformed();
    }
    return switch (word.meaning()) {
      case MONTH -> monthName(word.value());
      case DAY_OF_WEEK -> EnumSet.of(WEEKDAY);
      case DAY_RELATIVE -> {
        fields.relative = true;
        fields.setDate(LocalDate.EPOCH);
        yield DATE;
      }
      default -> {
        fields.infinite = word.meaning() == Meaning.INFINITY;
        fields.setDate(LocalDate.EPOCH);
        yield EVERYTHING;
      }
    };
  }

  /** Takes a month by its name; a number taken for the month before it was the day. */
  private Set<DateTimePart> monthName(int month) {
    boolean wasDay =
        fields.seen.contains(MONTH)
            && !fields.seen.contains(DAY)
            && !monthByName
            && fields.month >= 1
            && fields.month <= 31;
    if (wasDay) {
      fields.day = fields.month;
    }
    monthByName = true;
    fields.month = month;
    return wasDay ? EnumSet.of(DAY) : EnumSet.of(MONTH);
  }

  /** Takes the name of a zone; empty if there is none of this name. */
  final java.util.Optional<Set<DateTimePart>> zone(String name) {
    NamedZone zone = NamedZone.of(name);
    if (zone == null) {
      return java.util.Optional.empty();
    }
    fields.zone = zone;
    return java.util.Optional.of(EnumSet.of(ZONE));
  }

  /** Checks that {@code dst} stands with an abbreviation or an offset, not with a full zone. */
  final void checkSummerTime() {
    boolean modified = fields.seen.contains(SUMMER_MODIFIER);
    if (modified && (fields.zone != null || !fields.seen.contains(ZONE))) {
      throw fields.malformed();
    }
  }
}
