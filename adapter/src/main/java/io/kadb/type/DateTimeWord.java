package io.kadb.type;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A word that may stand in a date or time.
 *
 * @param meaning what sort of word it is
 * @param value its number: the month, 0 for AM and AD, 1 for PM and BC
 */
record DateTimeWord(Meaning meaning, int value) {
  /** What sort of word it is. */
  enum Meaning {
    MONTH,
    /** A day of the week, which says nothing new. */
    DAY_OF_WEEK,
    AM_PM,
    /** {@code ad}, {@code bc}. */
    ERA,
    EPOCH,
    INFINITY,
    NOW,
    /** {@code today}, {@code tomorrow}, {@code yesterday}. */
    DAY_RELATIVE,
    /** {@code dst}. */
    SUMMER_TIME,
    /** {@code allballs}: midnight UTC. */
    ALLBALLS,
    /** {@code t}: a time follows. */
    TIME_FOLLOWS,
    /** {@code j}, {@code jd}, {@code julian}: a Julian day follows. */
    JULIAN_FOLLOWS,
    /** A unit that only intervals have, but that ends a word in dates too. */
    UNIT,
    /** {@code at}, {@code on}. */
    FILLER
  }

  private static final Map<String, DateTimeWord> WORDS = new HashMap<>();

  static {
    List<String> months =
        List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    for (int month = 1; month <= months.size(); month++) {
      put(Meaning.MONTH, month, months.get(month - 1), months.get(month - 1).substring(0, 3));
    }
    put(Meaning.MONTH, 9, "sept");
    put(Meaning.DAY_OF_WEEK, 0, "sunday", "monday", "tuesday", "wednesday", "thursday", "friday");
    put(Meaning.DAY_OF_WEEK, 0, "saturday", "sun", "mon", "tue", "tues", "wed", "weds", "thu");
    put(Meaning.DAY_OF_WEEK, 0, "thur", "thurs", "fri", "sat");
    put(Meaning.AM_PM, 0, "am");
    put(Meaning.AM_PM, 1, "pm");
    put(Meaning.ERA, 0, "ad");
    put(Meaning.ERA, 1, "bc");
    put(Meaning.SUMMER_TIME, 0, "dst");
    put(Meaning.EPOCH, 0, "epoch");
    put(Meaning.INFINITY, 0, "infinity", "+infinity", "-infinity");
    put(Meaning.NOW, 0, "now");
    put(Meaning.DAY_RELATIVE, 0, "today", "tomorrow", "yesterday");
    put(Meaning.ALLBALLS, 0, "allballs");
    put(Meaning.TIME_FOLLOWS, 0, "t");
    put(Meaning.JULIAN_FOLLOWS, 0, "j", "jd", "julian");
    put(Meaning.UNIT, 0, "y", "m", "d", "h", "mm", "s", "dow", "doy", "isodow", "isoyear");
    put(Meaning.FILLER, 0, "at", "on");
  }

  private static void put(Meaning meaning, int value, String... words) {
    for (String word : words) {
      WORDS.put(word, new DateTimeWord(meaning, value));
    }
  }

  /** Returns the word, in lower case, or null if it means nothing here. */
  static @Nullable DateTimeWord of(String word) {
    return WORDS.get(word);
  }

  static boolean isKnown(String word) {
    return WORDS.containsKey(word);
  }
}
