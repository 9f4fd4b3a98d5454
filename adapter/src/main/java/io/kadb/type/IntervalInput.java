package io.kadb.type;

import io.kadb.error.KadbException;
import io.kadb.type.IntervalFields.Unit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Input of INTERVAL in PostgreSQL's verbose form ({@code 1 year 2 days 03:04:05 ago}), the SQL
 * standard's ({@code 1-2 3 4:05:06}) and ISO 8601 ({@link IsoInterval}). The value is the text that
 * PostgreSQL prints with {@code intervalstyle=iso_8601}.
 */
final class IntervalInput implements TextInput {
  private static final Map<String, Unit> UNITS = new HashMap<>();

  private static final Set<String> NO_UNITS = Set.of("timezone", "qtr", "quarter");

  /** Of longer words only so many characters count. */
  private static final int KEY_LENGTH = 10;

  private static final int MOST_CHARACTERS = 256;

  static {
    put(Unit.MICROSECOND, "us", "usec", "usecs", "usecond", "useconds", "microsecon");
    put(Unit.MILLISECOND, "ms", "msec", "msecs", "msecond", "mseconds", "millisecon");
    put(Unit.SECOND, "s", "sec", "secs", "second", "seconds");
    put(Unit.MINUTE, "m", "mm", "min", "mins", "minute", "minutes");
    put(Unit.HOUR, "h", "hr", "hrs", "hour", "hours");
    put(Unit.DAY, "d", "day", "days");
    put(Unit.WEEK, "w", "week", "weeks");
    put(Unit.MONTH, "mon", "mons", "month", "months");
    put(Unit.YEAR, "y", "yr", "yrs", "year", "years");
    put(Unit.DECADE, "dec", "decs", "decade", "decades");
    put(Unit.CENTURY, "c", "cent", "century", "centuries");
    put(Unit.MILLENNIUM, "mil", "mils", "millennia", "millennium");
  }

  private final ColumnType type;

  IntervalInput(ColumnType type) {
    this.type = type;
  }

  private static void put(Unit unit, String... names) {
    for (String name : names) {
      UNITS.put(name, unit);
    }
  }

  @Override
  public Object read(String text) {
    Interval interval = isOnePiece(text) ? null : verbose(text);
    if (interval == null) {
      IntervalFields fields = new IntervalFields(type, text);
      new IsoInterval(text, fields).read();
      interval = fields.interval();
    }
    return interval.toString();
  }

  /** Returns whether the text is of the form of ISO 8601, if it is an interval at all. */
  private static boolean isOnePiece(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean within = Ascii.isDigit(c) || Ascii.isLetter(c) || "+-/_.:".indexOf(c) >= 0;
      if (!within) {
        return false;
      }
    }
    return text.startsWith("P") && !text.startsWith(":", afterLetters(text));
  }

  /** A colon there ends a word, so that a time of the verbose form follows. */
  private static int afterLetters(String text) {
    int end = 0;
    while (end < text.length() && Ascii.isLetter(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Returns what a text in verbose form means, or null if it is not of that form. */
  private @Nullable Interval verbose(String text) {
    IntervalFields fields = new IntervalFields(type, text);
    List<DateTimeToken> tokens = DateTimeToken.split(text, MOST_CHARACTERS).orElse(null);
    if (tokens == null || !new Verbose(fields, tokens).read()) {
      return null;
    }
    return fields.interval();
  }

  /**
   * Reads from the last piece to the first, because a unit stands behind its number. Methods return
   * false where a piece has no place, because the text may still be of ISO 8601.
   */
  private static final class Verbose {
    private static final int MONTHS_PER_YEAR = 12;
    private static final Set<Unit> SECONDS =
        EnumSet.of(Unit.SECOND, Unit.MILLISECOND, Unit.MICROSECOND);
    private static final Set<Unit> CLOCK =
        EnumSet.of(Unit.HOUR, Unit.MINUTE, Unit.SECOND, Unit.MILLISECOND, Unit.MICROSECOND);

    private final IntervalFields fields;
    private final List<DateTimeToken> tokens;
    private final Set<Unit> seen = EnumSet.noneOf(Unit.class);

    /** The unit of the next number, where one was given or follows from the place. */
    private @Nullable Unit unit;

    private boolean unitWaits;
    private boolean ago;

    /** Whether a word stands behind before which no number may stand: {@code ago}. */
    private boolean unitMissing;

    Verbose(IntervalFields fields, List<DateTimeToken> tokens) {
      this.fields = fields;
      this.tokens = tokens;
    }

    boolean read() {
      for (int i = tokens.size() - 1; i >= 0; i--) {
        if (!token(tokens.get(i), i)) {
          return false;
        }
      }
      if (seen.isEmpty() || unitWaits) {
        return false;
      }
      if (ago) {
        fields.negate();
      }
      return true;
    }

    private boolean token(DateTimeToken token, int i) {
      String text = token.text();
      return switch (token.kind()) {
        case TIME -> time(text, 1);
        case SIGNED -> signedTime(text) || number(text);
        case NUMBER, DATE -> number(text);
        case WORD, SIGNED_WORD -> word(text, i);
      };
    }

    private boolean word(String word, int i) {
      if (unitWaits) {
        return false;
      }
      if (word.equals("ago")) {
        ago = i == tokens.size() - 1;
        unitMissing = true;
        return ago;
      }
      Unit named = UNITS.get(word.length() > KEY_LENGTH ? word.substring(0, KEY_LENGTH) : word);
      if (named == null) {
        return noUnit(word) || wordOfDates(DateTimeWord.of(word));
      }
      unit = named;
      unitWaits = true;
      unitMissing = false;
      return true;
    }

    /** Takes a unit that is known but that no number can count. */
    private boolean noUnit(String word) {
      if (!NO_UNITS.contains(word)) {
        return false;
      }
      unit = null;
      unitMissing = true;
      unitWaits = true;
      return true;
    }

    /** Takes a word that dates know: some fill up, others are units that no interval has. */
    private boolean wordOfDates(@Nullable DateTimeWord word) {
      if (word == null) {
        return false;
      }
      unit = null;
      unitMissing = word.meaning() != DateTimeWord.Meaning.FILLER;
      unitWaits = unitMissing;
      return switch (word.meaning()) {
        case FILLER, UNIT, JULIAN_FOLLOWS -> true;
        default -> false;
      };
    }

    /** Takes a time with a sign; if it is none, or out of range, it is not a number either. */
    private boolean signedTime(String text) {
      try {
        return text.indexOf(':') >= 0 && time(text.substring(1), text.charAt(0) == '-' ? -1 : 1);
      } catch (KadbException e) {
        return false;
      }
    }

    private boolean time(String text, int sign) {
      TimeOfDay time = TimeOfDay.read(text, fields::malformed, fields::fieldOutOfRange);
      double fraction = time.fraction().isEmpty() ? 0 : Double.parseDouble("0." + time.fraction());
      fields.setMicros((long) Math.rint(fraction * DateTimeFields.MICROS_PER_SECOND));
      fields.add(Unit.HOUR, time.hours(), 0);
      fields.add(Unit.MINUTE, time.minutes(), 0);
      fields.add(Unit.SECOND, time.seconds(), 0);
      if (sign < 0) {
        fields.negateMicros();
      }
      unit = Unit.DAY;
      unitWaits = false;
      unitMissing = false;
      return see(CLOCK);
    }

    private boolean number(String text) {
      Unit used = unit == null ? Unit.SECOND : unit;
      LeadingNumber whole = LeadingNumber.ofLong(text, 0);
      boolean negative = text.charAt(0) == '-';
      if (whole.tooLarge()) {
        throw fields.fieldOutOfRange();
      }
      if (unitMissing && whole.next(text) != '-') {
        return false;
      }
      unit = used;
      unitMissing = false;
      unitWaits = false;
      if (whole.next(text) == '-') {
        return yearsAndMonths(text, whole, negative);
      }
      if (!whole.isAllOf(text) && whole.next(text) != '.') {
        return false;
      }
      String digits = whole.isAllOf(text) ? "" : text.substring(whole.end() + 1);
      if (!digits.chars().allMatch(c -> Ascii.isDigit((char) c))) {
        return false;
      }
      double fraction = digits.isEmpty() ? 0 : Double.parseDouble("0." + digits);
      fields.add(used, whole.value(), negative ? -fraction : fraction);
      if (used == Unit.HOUR) {
        unit = Unit.DAY;
      }
      return see(used == Unit.SECOND && fraction != 0 ? SECONDS : EnumSet.of(used));
    }

    /** Takes {@code 1-2}, a year and two months. */
    private boolean yearsAndMonths(String text, LeadingNumber years, boolean negative) {
      LeadingNumber months = LeadingNumber.ofInt(text, years.end() + 1);
      boolean inRange = months.value() >= 0 && months.value() < MONTHS_PER_YEAR;
      if (months.tooLarge() || !inRange) {
        throw fields.fieldOutOfRange();
      }
      if (!months.isAllOf(text)) {
        return false;
      }
      fields.addYearsAndMonths(years.value(), negative ? -months.value() : months.value());
      unit = Unit.MONTH;
      return see(EnumSet.of(Unit.MONTH));
    }

    private boolean see(Set<Unit> units) {
      for (Unit one : units) {
        if (!seen.add(one)) {
          return false;
        }
      }
      return true;
    }
  }
}
