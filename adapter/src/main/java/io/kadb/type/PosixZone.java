package io.kadb.type;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.Year;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/**
 * A time zone as POSIX writes it: {@code est5} lies five hours <em>west</em>, {@code est5edt} has
 * daylight saving too, by the rules of the United States since 2007, as PostgreSQL has it.
 *
 * @param standard seconds east of Greenwich
 * @param summer the same in summer
 */
record PosixZone(int standard, int summer) implements NamedZone {
  private static final int MAX_HOURS = 167;
  private static final int CHANGE_HOUR = 2;

  /** Returns the zone of a text, or null if it is not one. */
  static @Nullable PosixZone parse(String text) {
    Scanner scanner = new Scanner(text);
    scanner.name();
    Integer standard = scanner.offset();
    if (standard == null) {
      return null;
    }
    Integer summer = standard;
    if (!scanner.atEnd()) {
      boolean named = scanner.name();
      summer = scanner.atEnd() ? Integer.valueOf(standard + 3600) : scanner.offset();
      if (!named || summer == null || !scanner.atEnd()) {
        return null;
      }
    }
    return new PosixZone(standard, summer);
  }

  @Override
  public int offsetSeconds(LocalDateTime wallTime) {
    return isSummer(wallTime, standard) && isSummer(wallTime, summer) ? summer : standard;
  }

  /** Returns whether it is summer at a wall time if the clock shows an offset. */
  private boolean isSummer(LocalDateTime wallTime, int offset) {
    LocalDateTime utc = wallTime.minusSeconds(offset);
    LocalDateTime begin = sunday(wallTime.getYear(), Month.MARCH, 2).minusSeconds(standard);
    LocalDateTime end = sunday(wallTime.getYear(), Month.NOVEMBER, 1).minusSeconds(summer);
    return !utc.isBefore(begin) && utc.isBefore(end);
  }

  private static LocalDateTime sunday(int year, Month month, int ordinal) {
    return Year.of(year)
        .atMonth(month)
        .atDay(1)
        .with(TemporalAdjusters.dayOfWeekInMonth(ordinal, DayOfWeek.SUNDAY))
        .atTime(CHANGE_HOUR, 0);
  }

  @Override
  public boolean needsDate() {
    return standard != summer;
  }

  /** Reads names and offsets one after the other. */
  private static final class Scanner {
    private final String text;
    private int at;

    Scanner(String text) {
      this.text = text;
    }

    boolean atEnd() {
      return at == text.length();
    }

    /** Skips a name: anything up to a digit or sign. Returns whether there is one. */
    boolean name() {
      int from = at;
      while (!atEnd() && !Ascii.isDigit(text.charAt(at)) && "+-,".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return at > from;
    }

    /** Returns seconds east of Greenwich, or null if they are not well-formed. */
    @Nullable Integer offset() {
      boolean minus = !atEnd() && text.charAt(at) == '-';
      if (minus || (!atEnd() && text.charAt(at) == '+')) {
        at++;
      }
      int seconds = 0;
      int[] most = {MAX_HOURS, 59, 60};
      int[] unit = {3600, 60, 1};
      for (int i = 0; i < most.length; i++) {
        if (i > 0) {
          if (atEnd() || text.charAt(at) != ':') {
            break;
          }
          at++;
        }
        int number = number(most[i]);
        if (number < 0) {
          return null;
        }
        seconds += number * unit[i];
      }
      return minus ? seconds : -seconds;
    }

    /** Returns some digits' value, or a negative number if there is none up to the most. */
    private int number(int most) {
      int from = at;
      int value = 0;
      while (!atEnd() && Ascii.isDigit(text.charAt(at))) {
        value = value * 10 + text.charAt(at++) - '0';
        if (value > most) {
          return -1;
        }
      }
      return at == from ? -1 : value;
    }
  }
}
