package io.kadb.server.cli;

import java.util.Locale;

/** How results are printed; the names are those of sqlline's formats. */
enum Output {
  TABLE,
  CSV,
  JSON;

  String sqllineFormat() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return sqllineFormat();
  }
}
