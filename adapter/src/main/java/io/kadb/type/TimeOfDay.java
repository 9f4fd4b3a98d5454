package io.kadb.type;

import io.kadb.error.KadbException;
import java.util.function.Supplier;

/**
 * A time as written with colons, of a day or of an interval.
 *
 * @param hours not negative; the caller checks how many there may be
 * @param minutes 0 to 59
 * @param seconds 0 to 60
 * @param fraction the digits of a fraction of a second, may be none
 */
record TimeOfDay(long hours, int minutes, int seconds, String fraction) {
  /**
   * Reads {@code hh:mm}, {@code hh:mm:ss}, {@code mm:ss.f} or {@code hh:mm:ss.f}; no digits at all
   * mean zero.
   *
   * @param text digits, colons and points
   */
  static TimeOfDay read(
      String text, Supplier<KadbException> malformed, Supplier<KadbException> outOfRange) {
    LeadingNumber first = LeadingNumber.ofLong(text, 0);
    check(!first.tooLarge(), outOfRange);
    check(first.next(text) == ':', malformed);
    LeadingNumber second = LeadingNumber.ofInt(text, first.end() + 1);
    check(!second.tooLarge(), outOfRange);
    long hours = first.value();
    long minutes = second.value();
    long seconds = 0;
    LeadingNumber last = second;
    if (second.next(text) == '.') {
      check(hours <= Integer.MAX_VALUE, outOfRange);
      seconds = minutes;
      minutes = hours;
      hours = 0;
    } else if (second.next(text) == ':') {
      last = LeadingNumber.ofInt(text, second.end() + 1);
      check(!last.tooLarge(), outOfRange);
      seconds = last.value();
    }
    check(last.isAllOf(text) || last.next(text) == '.', malformed);
    String fraction = last.isAllOf(text) ? "" : text.substring(last.end() + 1);
    check(fraction.chars().allMatch(c -> Ascii.isDigit((char) c)), malformed);
    check(hours >= 0 && minutes >= 0 && minutes <= 59 && seconds >= 0 && seconds <= 60, outOfRange);
    return new TimeOfDay(hours, (int) minutes, (int) seconds, fraction);
  }

  private static void check(boolean ok, Supplier<KadbException> failure) {
    if (!ok) {
      throw failure.get();
    }
  }
}
