package io.kadb.server.cat;

import org.jspecify.annotations.Nullable;

/** How rows are written, so that COPY and external tables of PostgreSQL and Greenplum read them. */
enum RowFormat {
  /** Format CSV: commas, NULL is empty, an empty text is quoted. */
  CSV(',') {
    @Override
    void value(StringBuilder out, @Nullable String value) {
      if (value == null) {
        return;
      }
      if (!mustBeQuoted(value)) {
        out.append(value);
        return;
      }
      out.append('"');
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == '"') {
          out.append('"');
        }
        out.append(c);
      }
      out.append('"');
    }

    private boolean mustBeQuoted(String value) {
      if (value.isEmpty() || value.equals("\\.")) {
        return true;
      }
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == ',' || c == '"' || c == '\n' || c == '\r') {
          return true;
        }
      }
      return value.charAt(0) <= ' ' || value.charAt(value.length() - 1) <= ' ';
    }
  },

  /** Format TEXT: tabs, NULL is {@code \N}, backslashes before what is not meant. */
  TEXT('\t') {
    @Override
    void value(StringBuilder out, @Nullable String value) {
      if (value == null) {
        out.append("\\N");
        return;
      }
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        switch (c) {
          case '\\' -> out.append("\\\\");
          case '\t' -> out.append("\\t");
          case '\n' -> out.append("\\n");
          case '\r' -> out.append("\\r");
          default -> out.append(c);
        }
      }
    }
  };

  private final char delimiter;

  RowFormat(char delimiter) {
    this.delimiter = delimiter;
  }

  /** Appends a value. */
  abstract void value(StringBuilder out, @Nullable String value);

  /** Returns what stands between two values. */
  char delimiter() {
    return delimiter;
  }
}
