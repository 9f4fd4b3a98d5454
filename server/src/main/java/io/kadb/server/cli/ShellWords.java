package io.kadb.server.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words that people type to leave a shell or to get help, whatever shell they know. */
final class ShellWords {
  private static final Pattern WORD =
      Pattern.compile("\\s*(quit|exit|help)\\s*;?\\s*", Pattern.CASE_INSENSITIVE);

  private ShellWords() {}

  /** The command of sqlline that the line means, if it is such a word, with a semicolon or not. */
  static Optional<String> command(String line) {
    Matcher word = WORD.matcher(line);
    return word.matches()
        ? Optional.of("!" + word.group(1).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }
}
