package io.kadb.type;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An abbreviation of a time zone, as PostgreSQL knows them by default. Most mean an offset,
 * whatever the date; some the time of a zone of the tz database at the date.
 *
 * @param zone the zone, or null if the offset is always the same
 * @param offsetSeconds seconds east of Greenwich; 0 with a zone
 * @param summer whether it is the name of a summer time
 */
record ZoneAbbreviation(@Nullable NamedZone zone, int offsetSeconds, boolean summer) {
  private static final Map<String, ZoneAbbreviation> ALL = new HashMap<>();

  static {
    standard(-600, "hst taht");
    standard(-570, "mart");
    standard(-540, "akst gamt");
    standard(-480, "pst");
    standard(-420, "mst");
    standard(-360, "cst galt");
    standard(-300, "act cot est pet");
    standard(-240, "amt ast bot");
    standard(-210, "nft nst");
    standard(-180, "bra brt gft pmst uyt wgt");
    standard(-120, "fnt");
    standard(-60, "azot egt");
    standard(0, "gmt uct ut utc wet z zulu");
    standard(60, "cet met mez wat");
    standard(120, "eet ist sast");
    standard(180, "eat fet");
    standard(210, "irt");
    standard(240, "mut ret sct");
    standard(270, "aft");
    standard(300, "mvt pkt tft tjt uzt");
    standard(345, "npt");
    standard(360, "almt bdt btt xjt");
    standard(390, "mmt");
    standard(420, "cxt ict wast");
    standard(480, "awst bnt bort cct hkt myt pht");
    standard(525, "acwst");
    standard(540, "jayt jst kst pwt");
    standard(570, "acst cast");
    standard(600, "aest chut ddut ligt mpt pgt trut yapt");
    standard(630, "lhst");
    standard(660, "pont vut");
    standard(720, "fjt gilt mht nzst nzt tvt wakt wft");
    standard(765, "chast");
    standard(780, "tot");
    summer(-480, "akdt");
    summer(-420, "pdt");
    summer(-360, "mdt");
    summer(-300, "cdt");
    summer(-240, "edt");
    summer(-180, "adt clst pyst");
    summer(-150, "ndt");
    summer(-120, "brst pmdt uyst wgst");
    summer(-60, "fnst");
    summer(0, "azost egst");
    summer(60, "bst wetdst");
    summer(120, "bdst cest cetdst mest mesz metdst");
    summer(180, "eest eetdst idt");
    summer(240, "msd");
    summer(300, "must");
    summer(360, "kgst pkst uzst yekst");
    summer(420, "almst");
    summer(480, "wadt");
    summer(540, "awsst ulast wdt");
    summer(600, "kdt");
    summer(630, "acdt acsst cadt sadt");
    summer(660, "aedt aesst");
    summer(780, "fjst nzdt");
    summer(825, "chadt");
    region("America/Argentina/Buenos_Aires", "arst art");
    region("America/Asuncion", "pyt");
    region("America/Caracas", "vet");
    region("America/Guyana", "gyt");
    region("America/Santiago", "clt");
    region("Antarctica/Davis", "davt");
    region("Antarctica/Mawson", "mawt");
    region("Asia/Anadyr", "anast anat");
    region("Asia/Ashgabat", "tmt");
    region("Asia/Baku", "azst azt");
    region("Asia/Bishkek", "kgt");
    region("Asia/Colombo", "lkt");
    region("Asia/Irkutsk", "irkst irkt");
    region("Asia/Kamchatka", "petst pett");
    region("Asia/Krasnoyarsk", "krast krat");
    region("Asia/Magadan", "magst magt");
    region("Asia/Novosibirsk", "novst novt");
    region("Asia/Omsk", "omsst omst");
    region("Asia/Singapore", "sgt");
    region("Asia/Tbilisi", "gest get");
    region("Asia/Ulaanbaatar", "ulat");
    region("Asia/Vladivostok", "vlast vlat");
    region("Asia/Yakutsk", "yakst yakt");
    region("Asia/Yekaterinburg", "yekt");
    region("Asia/Yerevan", "amst");
    region("Atlantic/Stanley", "fkst fkt");
    region("Australia/Lord_Howe", "lhdt");
    region("Europe/Volgograd", "volt");
    region("Indian/Chagos", "iot");
    region("Pacific/Easter", "easst east");
    region("Pacific/Fakaofo", "tkt");
    region("Pacific/Kiritimati", "lint");
    region("Pacific/Kosrae", "kost");
    region("Pacific/Niue", "nut");
    region("Pacific/Rarotonga", "ckt");
    put("msk", new ZoneAbbreviation(new NamedZone.MoscowTime(), 0, false));
  }

  /** Returns what an abbreviation in lower case means, or null if it is none. */
  static @Nullable ZoneAbbreviation of(String word) {
    return ALL.get(word);
  }

  private static void standard(int minutes, String words) {
    put(words, new ZoneAbbreviation(null, minutes * 60, false));
  }

  private static void summer(int minutes, String words) {
    put(words, new ZoneAbbreviation(null, minutes * 60, true));
  }

  private static void region(String zone, String words) {
    NamedZone region = new NamedZone.Region(ZoneId.of(zone).getRules());
    put(words, new ZoneAbbreviation(new NamedZone.Abbreviated(region), 0, false));
  }

  private static void put(String words, ZoneAbbreviation abbreviation) {
    for (String word : words.split(" ")) {
      ALL.put(word, abbreviation);
    }
  }
}
