package io.kadb.type;

import java.util.List;
import java.util.Random;

/**
 * Makes inputs of a type: some well-formed, some nearly so, some broken. The same seed gives the
 * same inputs.
 */
abstract class InputGrammar {
  private static final List<String> JUNK =
      List.of(
          " ", "  ", "\t", "\n", "\r", "\f", "\u000b", "-", "+", ".", ",", ":", ";", "/", "_", "'",
          "\"", "\\", "(", ")", "{", "}", "[", "]", "0", "1", "9", "e", "E", "x", "X", "b", "o",
          "T", "t", "Z", "z", "p", "P", "a", "n", "N", "ä", "€", "\u00a0", "\u2003", "😀", "٣",
          "00", "--", "::", "AM", "BC", "%", "$", "@", "#", "!", "*", "&", "|", "~", "=", "<");

  final Random random;

  InputGrammar(long seed) {
    this.random = new Random(seed);
  }

  static InputGrammar of(ColumnType type, long seed) {
    return switch (type.kind()) {
      case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, NUMERIC, OID -> new NumberGrammar(seed);
      case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> new DateTimeGrammar(type.kind(), seed);
      case INTERVAL -> new IntervalGrammar(seed);
      case JSON, JSONB -> new JsonGrammar(seed);
      case BOOLEAN, TEXT, VARCHAR, CHAR, BYTEA, UUID, OTHER -> new TextGrammar(type.kind(), seed);
    };
  }

  /** Returns a text that the type may well accept. */
  abstract String good();

  /** Returns a text that is often, not always, of the type. */
  final String next() {
    String text = good();
    int mutations = oneIn(2) ? 0 : oneIn(3) ? 2 : 1;
    for (int i = 0; i < mutations; i++) {
      text = mutated(text);
    }
    return text;
  }

  private String mutated(String text) {
    int at = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), at + 1 + random.nextInt(3));
    String before = text.substring(0, at);
    String after = text.substring(at);
    return whole(
        switch (random.nextInt(10)) {
          case 0, 1 -> before + one(JUNK) + after;
          case 2, 3 -> before + text.substring(to);
          case 4 -> before + text.substring(at, to) + after;
          case 5 -> before + one(JUNK) + text.substring(to);
          case 6 -> one(JUNK) + text;
          case 7 -> text + one(JUNK);
          case 8 -> oneIn(2) ? text.toUpperCase(java.util.Locale.ROOT) : before;
          default -> before + one(" ", "  ", "\t") + after;
        });
  }

  /** Returns a text without halves of a character, which no UTF-8 could carry. */
  private static String whole(String text) {
    return new String(
        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  final boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  final String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  final String one(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Returns so many digits of a base. */
  final String digits(int count, int base) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      char c = Character.forDigit(random.nextInt(base), base);
      digits.append(oneIn(2) ? Character.toUpperCase(c) : c);
    }
    return digits.toString();
  }

  /** Returns a number of the range, with zeros in front up to a width. */
  final String number(int from, int to, int width) {
    return String.format("%0" + width + "d", from + random.nextInt(to - from + 1));
  }
}
