package io.kadb.server.remote;

import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a program expects of a statement that it runs. */
public enum Wanted {
  ROWS,
  COUNT,
  ANYTHING;

  /** Returns what the header of a request says; without one a program is content with anything. */
  public static Wanted of(@Nullable String header) throws SQLException {
    if (header == null) {
      return ANYTHING;
    }
    return switch (header.toLowerCase(Locale.ROOT)) {
      case "rows" -> ROWS;
      case "count" -> COUNT;
      default -> throw RemoteErrors.badMessage("X-Kadb-Wanted is rows or count");
    };
  }
}
