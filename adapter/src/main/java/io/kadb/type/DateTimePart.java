package io.kadb.type;

import java.util.EnumSet;
import java.util.Set;

/** What a piece of the text of a date or time says something of. No part is said twice. */
enum DateTimePart {
  YEAR,
  MONTH,
  DAY,
  DAY_OF_YEAR,
  TIME,
  ZONE,
  /** A zone whose name says that it is summer time, or {@code dst}. */
  SUMMER,
  /** {@code dst}, which makes summer time of a zone. */
  SUMMER_MODIFIER,
  HALF_OF_DAY,
  ERA,
  WEEKDAY;

  /** The parts of a date. */
  static final Set<DateTimePart> DATE = EnumSet.of(YEAR, MONTH, DAY);

  /** Returns whether some of the parts of a date are among those given. */
  static boolean anyOfDate(Set<DateTimePart> parts) {
    return parts.contains(YEAR) || parts.contains(MONTH) || parts.contains(DAY);
  }

  /** Returns both sets as one. */
  static Set<DateTimePart> union(Set<DateTimePart> some, Set<DateTimePart> others) {
    EnumSet<DateTimePart> all = EnumSet.copyOf(others);
    all.addAll(some);
    return all;
  }
}
