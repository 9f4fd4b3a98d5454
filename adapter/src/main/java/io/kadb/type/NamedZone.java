package io.kadb.type;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A time zone by its name: of the tz database, or in POSIX form ({@link PosixZone}). */
interface NamedZone {
  /** Returns the seconds east of Greenwich at a wall time; of two, the later. */
  int offsetSeconds(LocalDateTime wallTime);

  /** Returns whether the offset is not always the same. */
  boolean needsDate();

  /** Returns the zone of a name in lower case, or null if there is none. */
  static @Nullable NamedZone of(String name) {
    ZoneId region = Names.ALL.get(name);
    return region == null ? PosixZone.parse(name) : new Region(region.getRules());
  }

  /**
   * A zone of the tz database.
   *
   * @param rules its rules
   */
  record Region(ZoneRules rules) implements NamedZone {
    @Override
    public int offsetSeconds(LocalDateTime wallTime) {
      ZoneOffsetTransition transition = rules.getTransition(wallTime);
      boolean twice = transition != null && transition.isOverlap();
      ZoneOffset offset = twice ? transition.getOffsetAfter() : rules.getOffset(wallTime);
      return offset.getTotalSeconds();
    }

    @Override
    public boolean needsDate() {
      return !rules.isFixedOffset();
    }
  }

  /**
   * A zone by an abbreviation, which stands for today's offset where there is no date.
   *
   * @param zone the zone
   */
  record Abbreviated(NamedZone zone) implements NamedZone {
    @Override
    public int offsetSeconds(LocalDateTime wallTime) {
      return zone.offsetSeconds(wallTime);
    }

    @Override
    public boolean needsDate() {
      return false;
    }
  }

  /** What {@code MSK} means: three hours, but four in the years 2011 to 2014. */
  record MoscowTime() implements NamedZone {
    private static final ZoneRules RULES = ZoneId.of("Europe/Moscow").getRules();
    private static final int USUAL = 3 * 3600;
    private static final int SHIFTED = 4 * 3600;

    @Override
    public int offsetSeconds(LocalDateTime wallTime) {
      ZoneOffset offset = RULES.getOffset(wallTime);
      int standard = RULES.getStandardOffset(wallTime.toInstant(offset)).getTotalSeconds();
      return standard == SHIFTED ? SHIFTED : USUAL;
    }

    @Override
    public boolean needsDate() {
      return false;
    }
  }

  /** Names of the tz database by lower case; made when the first is looked for. */
  final class Names {
    private static final Map<String, ZoneId> ALL = new HashMap<>();

    static {
      for (String id : ZoneId.getAvailableZoneIds()) {
        if (!id.startsWith("SystemV/")) {
          ALL.put(id.toLowerCase(Locale.ROOT), ZoneId.of(id));
        }
      }
    }

    private Names() {}
  }
}
