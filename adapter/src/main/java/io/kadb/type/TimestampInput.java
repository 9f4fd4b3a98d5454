package io.kadb.type;

/**
 * Input of TIMESTAMP and TIMESTAMPTZ. TIMESTAMP checks an offset or zone and leaves it out;
 * TIMESTAMPTZ without one is in UTC.
 */
final class TimestampInput implements TextInput {
  /** PostgreSQL counts from 2000-01-01, and rounding away from zero is away from there. */
  private static final long YEAR_2000 = 10_957 * DateTimeFields.MICROS_PER_DAY;

  private final ColumnType type;
  private final boolean utc;
  private final FractionOfSecond fraction;

  TimestampInput(ColumnType type) {
    this.type = type;
    this.utc = type.kind() == TypeKind.TIMESTAMPTZ;
    this.fraction = FractionOfSecond.of(type);
  }

  @Override
  public Object read(byte[] utf8, int from, int to) {
    int end = to > from && utf8[to - 1] == 'Z' ? to - 1 : to;
    int timeFrom = from + PlainDateTime.DATE_LENGTH + 1;
    if (end >= timeFrom + PlainDateTime.TIME_LENGTH) {
      byte separator = utf8[timeFrom - 1];
      long days = PlainDateTime.date(utf8, from);
      long time = PlainDateTime.time(utf8, timeFrom, end);
      boolean plain = days != PlainDateTime.NOT_PLAIN && time != PlainDateTime.NOT_PLAIN;
      if (plain && (separator == ' ' || separator == 'T')) {
        return rounded(days * DateTimeFields.MICROS_PER_DAY + time);
      }
    }
    return TextInput.super.read(utf8, from, to);
  }

  @Override
  public Object read(String text) {
    DateTimeFields fields = DateTimeReader.read(type, text);
    try {
      return rounded(fields.timestamp(utc));
    } catch (ArithmeticException e) {
      throw fields.outOfRange().withHint(Refusal.DECLARE_TEXT);
    }
  }

  /** Rounds a timestamp, which may carry one at the end of the range over it. */
  private long rounded(long micros) {
    return Math.addExact(fraction.rounded(Math.subtractExact(micros, YEAR_2000)), YEAR_2000);
  }
}
