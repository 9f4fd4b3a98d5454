package io.kadb.type;

import java.util.Set;

/**
 * Input of BOOLEAN: {@code true}, {@code false}, {@code yes}, {@code no} and their beginnings,
 * {@code on}, {@code off}, {@code of}, {@code 1}, {@code 0}, in any case, blanks around.
 */
final class BooleanInput implements TextInput {
  private static final Set<String> TRUE =
      Set.of("t", "tr", "tru", "true", "y", "ye", "yes", "on", "1");
  private static final Set<String> FALSE =
      Set.of("f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0");

  @Override
  public Object read(byte[] utf8, int from, int to) {
    int length = to - from;
    if (length == 1) {
      switch (utf8[from]) {
        case 't', '1', 'y' -> {
          return Boolean.TRUE;
        }
        case 'f', '0', 'n' -> {
          return Boolean.FALSE;
        }
        default -> {}
      }
    }
    if (length == 4 && is(utf8, from, "true")) {
      return Boolean.TRUE;
    }
    if (length == 5 && is(utf8, from, "false")) {
      return Boolean.FALSE;
    }
    return TextInput.super.read(utf8, from, to);
  }

  private static boolean is(byte[] utf8, int from, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (utf8[from + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Object read(String text) {
    String word = Ascii.lower(Ascii.trim(text));
    if (TRUE.contains(word)) {
      return Boolean.TRUE;
    }
    if (FALSE.contains(word)) {
      return Boolean.FALSE;
    }
    throw Refusal.badText(ColumnType.BOOLEAN, text);
  }
}
