package io.kadb.server.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a statement begins in a script.
 *
 * @param script the script's name
 * @param line from 1
 * @param column from 1
 */
record ScriptPlace(String script, int line, int column) {
  private static final Pattern IN_STATEMENT =
      Pattern.compile(
          "((?:syntax error.*? at )?line )(\\d{1,9})(, column )(\\d{1,9})(\\b.*)", Pattern.DOTALL);

  /**
   * Puts script and line before the text of an error. A place within the statement, which such a
   * text begins with and syntax errors have behind their beginning, becomes one of the script.
   */
  String locate(String text) {
    Matcher place = IN_STATEMENT.matcher(text);
    if (!place.matches()) {
      return script + ":" + line + ": " + text;
    }
    int row = Integer.parseInt(place.group(2));
    int inRow = Integer.parseInt(place.group(4));
    int found = line + row - 1;
    int character = row == 1 ? column + inRow - 1 : inRow;
    return script
        + ":"
        + found
        + ": "
        + place.group(1)
        + found
        + place.group(3)
        + character
        + place.group(5);
  }
}
