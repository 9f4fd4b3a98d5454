package io.kadb.type;

import java.time.LocalDate;

/** Prints dates and times as PostgreSQL does with {@code datestyle} ISO. */
final class DateTimeText {
  private DateTimeText() {}

  /** Appends days since 1970-01-01 as {@code 2024-02-29}; years before 1 end in {@code BC}. */
  static void date(StringBuilder out, long days) {
    if (datePart(out, days)) {
      out.append(" BC");
    }
  }

  /** Appends microseconds since midnight as {@code 12:34:56.789}. */
  static void time(StringBuilder out, long micros) {
    int seconds = (int) (micros / DateTimeFields.MICROS_PER_SECOND);
    twoDigits(out, seconds / 3600);
    out.append(':');
    twoDigits(out, seconds / 60 % 60);
    out.append(':');
    twoDigits(out, seconds % 60);
    fraction(out, (int) (micros % DateTimeFields.MICROS_PER_SECOND));
  }

  /**
   * Appends microseconds since 1970-01-01 as {@code 2024-02-29 12:34:56.789}.
   *
   * @param zone what follows the time, {@code +00} or nothing
   */
  static void timestamp(StringBuilder out, long micros, String zone) {
    boolean beforeChrist = datePart(out, Math.floorDiv(micros, DateTimeFields.MICROS_PER_DAY));
    out.append(' ');
    time(out, Math.floorMod(micros, DateTimeFields.MICROS_PER_DAY));
    out.append(zone);
    if (beforeChrist) {
      out.append(" BC");
    }
  }

  /** Appends a point and the digits of microseconds without the zeros at the end. */
  static void fraction(StringBuilder out, int micros) {
    if (micros == 0) {
      return;
    }
    out.append('.');
    int rest = micros;
    for (int unit = 100_000; rest > 0; unit /= 10) {
      out.append((char) ('0' + rest / unit));
      rest %= unit;
    }
  }

  private static boolean datePart(StringBuilder out, long days) {
    LocalDate date = LocalDate.ofEpochDay(days);
    boolean beforeChrist = date.getYear() < 1;
    int year = beforeChrist ? 1 - date.getYear() : date.getYear();
    for (int power = 1000; power > year && power > 1; power /= 10) {
      out.append('0');
    }
    out.append(year).append('-');
    twoDigits(out, date.getMonthValue());
    out.append('-');
    twoDigits(out, date.getDayOfMonth());
    return beforeChrist;
  }

  private static void twoDigits(StringBuilder out, int value) {
    out.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
  }
}
