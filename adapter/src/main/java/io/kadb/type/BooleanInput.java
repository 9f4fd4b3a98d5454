package io.kadb.type;

/**
 * Input of BOOLEAN: {@code true}, {@code false}, {@code yes}, {@code no} and their beginnings,
 * {@code on}, {@code off}, {@code of}, {@code 1}, {@code 0}, in any case, blanks around.
 */
final class BooleanInput implements TextInput {
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
    if (!word.isEmpty()) {
      if ("true".startsWith(word) || "yes".startsWith(word) || isOneOf(word, "on", "1")) {
        return Boolean.TRUE;
      }
      if ("false".startsWith(word) || "no".startsWith(word)) {
        return Boolean.FALSE;
      }
      if (isOneOf(word, "of", "off") || word.equals("0")) {
        return Boolean.FALSE;
      }
    }
    throw Refusal.badText(ColumnType.BOOLEAN, text);
  }

  private static boolean isOneOf(String word, String one, String other) {
    return word.equals(one) || word.equals(other);
  }
}
