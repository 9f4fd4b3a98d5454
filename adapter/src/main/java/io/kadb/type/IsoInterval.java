package io.kadb.type;

import io.kadb.type.IntervalFields.Unit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an ISO 8601 interval: {@code P1Y2M3W4DT5H6M7.8S}, each number with a sign or fraction of
 * its own, or the alternative form {@code P0001-02-03T04:05:06}.
 */
final class IsoInterval {
  private static final Pattern PART = Pattern.compile("([+-]?)([0-9]*)(?:\\.([0-9]*))?([YMWDHS])");
  private static final Pattern ALTERNATIVE =
      Pattern.compile(
          "P(?:([0-9]+)-([0-9]+)-([0-9]+))?(?:T([0-9]+):([0-9]+)(?::([0-9]+(?:\\.[0-9]*)?))?)?");

  private static final Pattern ALTERNATIVE_TOGETHER =
      Pattern.compile(
          "P([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2}(?:\\.[0-9]*)?))?");

  private final String text;
  private final IntervalFields fields;

  IsoInterval(String text, IntervalFields fields) {
    this.text = text;
    this.fields = fields;
  }

  void read() {
    Matcher alternative = ALTERNATIVE.matcher(text);
    Matcher together = ALTERNATIVE_TOGETHER.matcher(text);
    if (text.length() > 2 && alternative.matches()) {
      alternative(alternative);
    } else if (together.matches()) {
      alternative(together);
    } else {
      designators();
    }
  }

  private void alternative(Matcher parts) {
    Unit[] units = {Unit.YEAR, Unit.MONTH, Unit.DAY, Unit.HOUR, Unit.MINUTE, Unit.SECOND};
    for (int i = 0; i < units.length; i++) {
      String part = parts.group(i + 1);
      if (part != null) {
        int point = part.indexOf('.');
        String digits = point < 0 ? part : part.substring(0, point);
        fields.add(
            units[i],
            whole(digits),
            point < 0 ? 0 : Double.parseDouble("0" + part.substring(point)));
      }
    }
  }

  private void designators() {
    boolean time = false;
    int at = 1;
    Matcher part = PART.matcher(text);
    if (text.length() == 1) {
      throw fields.malformed();
    }
    while (at < text.length()) {
      if (!time && text.charAt(at) == 'T') {
        time = true;
        at++;
        continue;
      }
      part.region(at, text.length());
      if (!part.lookingAt() || part.group(2).isEmpty() && isEmpty(part.group(3))) {
        throw fields.malformed();
      }
      int sign = part.group(1).equals("-") ? -1 : 1;
      double fraction = isEmpty(part.group(3)) ? 0 : Double.parseDouble("0." + part.group(3));
      fields.add(unit(part.group(4).charAt(0), time), sign * whole(part.group(2)), sign * fraction);
      at = part.end();
    }
  }

  private static boolean isEmpty(@Nullable String digits) {
    return digits == null || digits.isEmpty();
  }

  private Unit unit(char designator, boolean time) {
    return switch (designator) {
      case 'Y' -> inDate(Unit.YEAR, time);
      case 'M' -> time ? Unit.MINUTE : Unit.MONTH;
      case 'W' -> inDate(Unit.WEEK, time);
      case 'D' -> inDate(Unit.DAY, time);
      case 'H' -> inDate(Unit.HOUR, !time);
      default -> inDate(Unit.SECOND, !time);
    };
  }

  private Unit inDate(Unit unit, boolean wrongPart) {
    if (wrongPart) {
      throw fields.malformed();
    }
    return unit;
  }

  private long whole(String digits) {
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits);
    } catch (NumberFormatException tooLong) {
      throw fields.outOfRange();
    }
  }
}
