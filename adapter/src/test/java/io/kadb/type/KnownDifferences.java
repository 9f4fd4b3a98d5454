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

  private KnownDifferences() {}

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
        yield NO_DATE.matcher(postgres).matches() ? "!22008" : postgres;
      }
      case INTERVAL -> NO_DATE.matcher(postgres).matches() ? "!22007" : postgres;
      default -> postgres;
    };
  }
}
