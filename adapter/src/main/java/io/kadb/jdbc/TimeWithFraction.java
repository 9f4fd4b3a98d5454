package io.kadb.jdbc;

import java.sql.Time;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

/**
 * A time of a day that prints its fraction of a second and keeps it in {@link #toLocalTime}: the
 * class of the JDK leaves both out, so that programs which print what {@code getObject} gives, such
 * as sqlline, would show whole seconds.
 */
final class TimeWithFraction extends Time {
  private static final long serialVersionUID = 1L;
  private static final int MILLIS_PER_SECOND = 1_000;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final int nanosOfMilli;

  /**
   * Creates a time.
   *
   * @param millis as {@link Time} counts them
   * @param nanos the fraction of the second
   */
  TimeWithFraction(long millis, int nanos) {
    super(millis);
    this.nanosOfMilli = nanos % NANOS_PER_MILLI;
  }

  @Override
  public LocalTime toLocalTime() {
    int millis = Math.floorMod(getTime(), MILLIS_PER_SECOND);
    return super.toLocalTime().withNano(millis * NANOS_PER_MILLI + nanosOfMilli);
  }

  @Override
  public String toString() {
    return DateTimeFormatter.ISO_LOCAL_TIME.format(toLocalTime());
  }
}
