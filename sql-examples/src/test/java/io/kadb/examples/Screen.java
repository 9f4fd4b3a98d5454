package io.kadb.examples;

import java.util.ArrayList;
import java.util.List;

/** What a terminal shows of the characters it was sent, as far as lines that are written anew. */
final class Screen {
  private static final String ERASE_TO_END = "\u001b[K";

  private Screen() {}

  /** Returns the lines in the end; an empty last one is where the cursor stands. */
  static List<String> of(String sent) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int column = 0;
    for (int i = 0; i < sent.length(); i++) {
      char c = sent.charAt(i);
      if (sent.startsWith(ERASE_TO_END, i)) {
        line.setLength(Math.min(column, line.length()));
        i += ERASE_TO_END.length() - 1;
      } else if (c == '\r') {
        column = 0;
      } else if (c == '\n') {
        lines.add(line.toString());
        line.setLength(0);
        column = 0;
      } else {
        line.replace(column, Math.min(column + 1, line.length()), String.valueOf(c));
        column++;
      }
    }
    if (line.length() > 0) {
      lines.add(line.toString());
    }
    return lines;
  }
}
