package io.kadb.type;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of time zones: those of the tz database, and the usual abbreviations. */
final class ZoneOffsets {
  /** Abbreviations mean a fixed offset, as in PostgreSQL's default set. */
  private static final Map<String, ZoneId> ABBREVIATIONS = new HashMap<>();

  static {
    put(0, "utc", "gmt", "ut", "uct", "z", "zulu", "wet");
    put(60, "cet", "met", "bst", "west");
    put(120, "eet", "cest", "mest", "sast");
    put(180, "msk", "eest", "eat");
    put(240, "msd", "gst");
    put(300, "pkt", "uzt", "yekt");
    put(330, "ist");
    put(480, "hkt", "awst", "sgt", "irkt");
    put(540, "jst", "kst");
    put(570, "acst");
    put(600, "aest", "vlat");
    put(660, "aedt");
    put(720, "nzst");
    put(780, "nzdt");
    put(-150, "ndt");
    put(-180, "adt", "brt", "art");
    put(-210, "nst");
    put(-240, "ast", "edt");
    put(-300, "est", "cdt");
    put(-360, "cst", "mdt");
    put(-420, "mst", "pdt");
    put(-480, "pst", "akdt");
    put(-540, "akst");
    put(-600, "hst");
  }

  private static final Pattern POSIX =
      Pattern.compile("[a-z]{3,}([+-]?)(1[0-5]|0?[0-9])(?::([0-5][0-9]))?");

  private ZoneOffsets() {}

  private static void put(int minutes, String... names) {
    for (String name : names) {
      ABBREVIATIONS.put(name, ZoneOffset.ofTotalSeconds(minutes * 60));
    }
  }

  /** Returns the zone of a name in lower case, or null if there is none. */
  static @Nullable ZoneId zone(String name) {
    ZoneId fixed = ABBREVIATIONS.get(name);
    ZoneId named = fixed != null ? fixed : Names.ALL.get(name);
    return named != null ? named : posix(name);
  }

  /** Returns the zone of a POSIX name such as {@code utc+3}, which lies west of Greenwich. */
  private static @Nullable ZoneId posix(String name) {
    Matcher posix = POSIX.matcher(name);
    if (!posix.matches()) {
      return null;
    }
    int hours = Integer.parseInt(posix.group(2));
    int minutes = posix.group(3) == null ? 0 : Integer.parseInt(posix.group(3));
    int seconds = (hours * 60 + minutes) * 60;
    return ZoneOffset.ofTotalSeconds(posix.group(1).equals("-") ? seconds : -seconds);
  }

  /** Returns seconds east of Greenwich that a zone has at a wall time; of two, the later. */
  static int seconds(ZoneId zone, LocalDateTime at) {
    ZoneOffsetTransition transition = zone.getRules().getTransition(at);
    boolean twice = transition != null && transition.isOverlap();
    ZoneOffset offset = twice ? transition.getOffsetAfter() : zone.getRules().getOffset(at);
    return offset.getTotalSeconds();
  }

  /** Names of the tz database by lower case; made when the first is looked for. */
  private static final class Names {
    static final Map<String, ZoneId> ALL = new HashMap<>();

    static {
      for (String id : ZoneId.getAvailableZoneIds()) {
        if (!id.startsWith("SystemV/")) {
          ALL.put(id.toLowerCase(Locale.ROOT), ZoneId.of(id));
        }
      }
    }
  }
}
