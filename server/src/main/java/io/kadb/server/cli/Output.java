package io.kadb.server.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;

/** How results are printed; the names are those of sqlline's formats. */
enum Output {
  TABLE,
  CSV,
  JSON;

  /** What sqlline is to print for NULL. */
  String nullMark() {
    return this == TABLE ? "NULL" : NullMarks.MARK;
  }

  /** Returns the stream sqlline is to print on. */
  OutputStream onto(PrintStream out) {
    return switch (this) {
      case TABLE -> out;
      case CSV -> new NullMarks(out, "");
      case JSON -> new NullMarks(out, "null");
    };
  }

  String sqllineFormat() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return sqllineFormat();
  }
}
