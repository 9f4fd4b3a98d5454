package io.kadb.type;

/**
 * A span of time as PostgreSQL keeps it.
 *
 * @param months months, years included
 * @param days days
 * @param micros microseconds
 */
record Interval(int months, int days, long micros) {
  private static final long MICROS_PER_MINUTE = 60 * DateTimeFields.MICROS_PER_SECOND;
  private static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;

  /** Returns the ISO 8601 text as PostgreSQL prints it with {@code intervalstyle=iso_8601}. */
  @Override
  public String toString() {
    if (months == 0 && days == 0 && micros == 0) {
      return "PT0S";
    }
    StringBuilder text = new StringBuilder("P");
    part(text, months / 12, 'Y');
    part(text, months % 12, 'M');
    part(text, days, 'D');
    if (micros != 0) {
      text.append('T');
      part(text, micros / MICROS_PER_HOUR, 'H');
      part(text, micros % MICROS_PER_HOUR / MICROS_PER_MINUTE, 'M');
      seconds(text, micros % MICROS_PER_MINUTE);
    }
    return text.toString();
  }

  private static void part(StringBuilder text, long value, char unit) {
    if (value != 0) {
      text.append(value).append(unit);
    }
  }

  private static void seconds(StringBuilder text, long micros) {
    if (micros == 0) {
      return;
    }
    if (micros < 0) {
      text.append('-');
    }
    long magnitude = Math.abs(micros);
    text.append(magnitude / DateTimeFields.MICROS_PER_SECOND);
    DateTimeText.fraction(text, (int) (magnitude % DateTimeFields.MICROS_PER_SECOND));
    text.append('S');
  }
}
