package io.kadb.type;

import io.kadb.type.DateTimeToken.Kind;
import io.kadb.type.IntervalFields.Unit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Input of INTERVAL in PostgreSQL's verbose form ({@code 1 year 2 days 03:04:05 ago}), the SQL
 * standard's ({@code 1-2 3 4:05:06}) and ISO 8601 ({@link IsoInterval}). The value is the text that
 * PostgreSQL prints with {@code intervalstyle=iso_8601}.
 */
final class IntervalInput implements TextInput {
  private static final Map<String, Unit> UNITS = new HashMap<>();

  static {
    put(Unit.MICROSECOND, "us", "usec", "usecs", "usecond", "useconds", "microsecon");
    put(Unit.MICROSECOND, "microsecond", "microseconds");
    put(Unit.MILLISECOND, "ms", "msec", "msecs", "msecond", "mseconds", "millisecon");
    put(Unit.MILLISECOND, "millisecond", "milliseconds");
    put(Unit.SECOND, "s", "sec", "secs", "second", "seconds");
    put(Unit.MINUTE, "m", "min", "mins", "minute", "minutes");
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
    IntervalFields fields = new IntervalFields(type, text);
    if (text.startsWith("P")) {
      new IsoInterval(text, fields).read();
    } else {
      Optional<List<DateTimeToken>> tokens = DateTimeToken.split(text);
      new Verbose(fields, tokens.orElseThrow(fields::malformed)).read();
    }
    return fields.interval().toString();
  }

  /** Reads from the last piece to the first, because a unit stands behind its number. */
  private static final class Verbose {
    private final IntervalFields fields;
    private final List<DateTimeToken> tokens;
    private final Set<Unit> seen = EnumSet.noneOf(Unit.class);

    /** The unit of the next number, where one was given or follows from the place. */
    private @Nullable Unit unit;

    private boolean unitWaits;
    private boolean ago;

    Verbose(IntervalFields fields, List<DateTimeToken> tokens) {
      this.fields = fields;
      this.tokens = tokens;
    }

    void read() {
      for (int i = tokens.size() - 1; i >= 0; i--) {
        token(tokens.get(i), i);
      }
      if (seen.isEmpty() || unitWaits) {
        throw fields.malformed();
      }
      if (ago) {
        fields.negate();
      }
    }

    private void token(DateTimeToken token, int i) {
      String text = token.text();
      switch (token.kind()) {
        case TIME -> time(text, false);
        case SIGNED -> {
          if (text.indexOf(':') >= 0) {
            time(text.substring(1), text.charAt(0) == '-');
          } else {
            number(text.substring(1), text.charAt(0) == '-');
          }
        }
        case NUMBER, DATE -> number(text, false);
        case WORD, SIGNED_WORD -> word(token.kind() == Kind.WORD ? text : "", i);
      }
    }

    private void word(String word, int i) {
      if (word.equals("ago") && i == tokens.size() - 1) {
        ago = true;
        return;
      }
      DateTimeWord filler = DateTimeWord.of(word);
      if (filler != null && filler.meaning() == DateTimeWord.Meaning.FILLER) {
        return;
      }
      unit = UNITS.get(word);
      if (unit == null || unitWaits) {
        throw fields.malformed();
      }
      unitWaits = true;
    }

    private void time(String text, boolean negative) {
      String[] parts = text.split(":", -1);
      if (parts.length < 2 || parts.length > 3 || unitWaits) {
        throw fields.malformed();
      }
      // 12:34.5 is minutes and seconds
      boolean minutesFirst = parts.length == 2 && parts[1].indexOf('.') >= 0;
      String seconds = parts.length == 3 ? parts[2] : minutesFirst ? parts[1] : "0";
      String minutes = minutesFirst ? parts[0] : parts[1];
      see(Unit.HOUR);
      see(Unit.MINUTE);
      see(Unit.SECOND);
      if (whole(minutes) > 59 || whole(integerOf(seconds)) > 60) {
        throw fields.outOfRange();
      }
      int sign = negative ? -1 : 1;
      fields.add(Unit.HOUR, minutesFirst ? 0 : sign * whole(parts[0]), 0);
      fields.add(Unit.MINUTE, sign * whole(minutes), 0);
      fields.add(Unit.SECOND, sign * whole(integerOf(seconds)), sign * fractionOf(seconds));
      unit = Unit.DAY;
    }

    private void number(String text, boolean negative) {
      Unit used = unit == null ? Unit.SECOND : unit;
      int sign = negative ? -1 : 1;
      int hyphen = text.indexOf('-');
      if (hyphen >= 0) {
        long months = whole(text.substring(hyphen + 1));
        if (months >= 12) {
          throw fields.outOfRange();
        }
        see(Unit.MONTH);
        fields.add(Unit.YEAR, sign * whole(text.substring(0, hyphen)), 0);
        fields.add(Unit.MONTH, sign * months, 0);
      } else {
        see(used);
        fields.add(used, sign * whole(integerOf(text)), sign * fractionOf(text));
      }
      unitWaits = false;
    }

    private void see(Unit used) {
      if (!seen.add(used)) {
        throw fields.malformed();
      }
    }

    private long whole(String digits) {
      if (!digits.chars().allMatch(c -> Ascii.isDigit((char) c))) {
        throw fields.malformed();
      }
      try {
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
      } catch (NumberFormatException tooLong) {
        throw fields.outOfRange();
      }
    }

    private static String integerOf(String number) {
      int point = number.indexOf('.');
      return point < 0 ? number : number.substring(0, point);
    }

    private double fractionOf(String number) {
      int point = number.indexOf('.');
      if (point < 0 || point == number.length() - 1) {
        return 0;
      }
      String digits = number.substring(point + 1);
      if (!digits.chars().allMatch(c -> Ascii.isDigit((char) c))) {
        throw fields.malformed();
      }
      return Double.parseDouble("0." + digits);
    }
  }
}
