package io.kadb.type;

import java.util.regex.Pattern;

/**
 * Where kadb differs from PostgreSQL on purpose: values that no Java class holds are refused, and
 * words that mean the time of reading. The page on types tells users.
 */
final class KnownDifferences {
  private static final Pattern NOT_FINITE = Pattern.compile("=(NaN|-?Infinity)");
  private static final Pattern NO_DATE = Pattern.compile("=(-?infinity|.* BC)");
  private static final Pattern RELATIVE =
      Pattern.compile(".*(now|today|tomorrow|yesterday).*", Pattern.DOTALL);

  private static final String LAST = "=294247-01-10 04:00:54.775807";

  /** A fraction of a second that lies halfway between two microseconds. */
  private static final Pattern TIE = Pattern.compile("(\\.[0-9]{6})5(0*)(?![0-9])");

  private KnownDifferences() {}

  /**
   * Returns what PostgreSQL is to be asked: it rounds such a fraction to an even number of
   * microseconds or whither binary arithmetic leads, kadb up, which is what a larger one gives.
   */
  static String asked(ColumnType type, String text) {
    return switch (type.kind()) {
      case TIME, TIMESTAMP, TIMESTAMPTZ -> TIE.matcher(text).replaceAll("$16$2");
      default -> text;
    };
  }

  /** Returns what kadb must do, given what PostgreSQL did: {@code =} a value, {@code !} a state. */
  static String expected(ColumnType type, String text, String postgres) {
    boolean accepted = postgres.startsWith("=");
    return switch (type.kind()) {
      case NUMERIC -> NOT_FINITE.matcher(postgres).matches() ? "!22003" : postgres;
      case TIME -> {
        if (accepted && RELATIVE.matcher(Ascii.lower(text)).matches()) {
          yield "!22007";
        }
        yield postgres.startsWith("=24:00") ? "!22008" : postgres;
      }
      case DATE, TIMESTAMP, TIMESTAMPTZ -> {
        if (accepted && RELATIVE.matcher(Ascii.lower(text)).matches()) {
          yield "!22007";
        }
        boolean refused = NO_DATE.matcher(postgres).matches() || isLate(postgres);
        yield refused ? "!22008" : postgres;
      }
      case INTERVAL -> NO_DATE.matcher(postgres).matches() ? "!22007" : postgres;
      default -> postgres;
    };
  }

  /** Returns whether a timestamp is later than microseconds since 1970 fit into a long. */
  private static boolean isLate(String postgres) {
    return postgres.matches("=29[0-9]{4}-.* .*") && postgres.replace("+00", "").compareTo(LAST) > 0;
  }
}
