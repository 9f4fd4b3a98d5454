package io.kadb.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A piece of the text of a date, time or interval, in lower case. How text is cut into pieces is
 * described in PostgreSQL's manual, appendix B.1 (Date/Time Input Interpretation).
 *
 * @param kind what the piece looks like
 * @param text its characters, not empty
 */
record DateTimeToken(Kind kind, String text) {
  /** What a piece looks like. */
  enum Kind {
    /** Digits, perhaps with one point. */
    NUMBER,
    /** Digits or letters joined by hyphens, slashes or points; also the name of a time zone. */
    DATE,
    /** Digits and colons. */
    TIME,
    /** A sign and digits. */
    SIGNED,
    /** Letters. */
    WORD,
    /** A sign and letters. */
    SIGNED_WORD
  }

  /** The most characters of the pieces of a date or time. */
  static final int MOST_CHARACTERS = 153;

  private static final int MOST_PIECES = 25;

  /**
   * Returns the pieces of a text; empty if it holds a character that has no place there, or more
   * than PostgreSQL takes.
   *
   * @param mostCharacters the most characters of all pieces, each counted with one more
   */
  static Optional<List<DateTimeToken>> split(String text, int mostCharacters) {
    return new Scanner(Ascii.lower(text))
        .tokens()
        .filter(pieces -> pieces.size() <= MOST_PIECES)
        .filter(
            pieces -> pieces.stream().mapToInt(p -> p.text.length() + 1).sum() <= mostCharacters);
  }

  private static final class Scanner {
    private final String text;
    private final List<DateTimeToken> tokens = new ArrayList<>();
    private int at;

    Scanner(String text) {
      this.text = text;
    }

    Optional<List<DateTimeToken>> tokens() {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (Ascii.isDigit(c)) {
          digits();
        } else if (c == '.') {
          int from = at++;
          skip("");
          add(Kind.NUMBER, from);
        } else if (Ascii.isLetter(c)) {
          letters();
        } else if (c == '+' || c == '-') {
          if (!sign()) {
            return Optional.empty();
          }
        } else if (Ascii.isSpace(c) || (c > ' ' && c < 0x7F)) {
          at++; // blanks and other punctuation only separate
        } else {
          return Optional.empty();
        }
      }
      return Optional.of(tokens);
    }

    private void digits() {
      int from = at;
      skip("");
      char delimiter = peek();
      if (delimiter == ':') {
        skip(":.");
        add(Kind.TIME, from);
      } else if (delimiter == '-' || delimiter == '/' || delimiter == '.') {
        at++;
        add(afterDelimiter(delimiter), from);
      } else {
        add(Kind.NUMBER, from);
      }
    }

    /** Goes on after digits and a delimiter, which must be the same if it comes again. */
    private Kind afterDelimiter(char delimiter) {
      if (!Ascii.isDigit(peek())) {
        while (isLetterOrDigit(peek()) || (peek() == delimiter && at < text.length())) {
          at++;
        }
        return Kind.DATE;
      }
      skip("");
      if (peek() != delimiter) {
        return delimiter == '.' ? Kind.NUMBER : Kind.DATE;
      }
      skip(String.valueOf(delimiter));
      return Kind.DATE;
    }

    private void letters() {
      int from = at;
      while (Ascii.isLetter(peek())) {
        at++;
      }
      char next = peek();
      boolean joined = next == '-' || next == '/' || next == '.';
      if (!joined && (next == '+' || Ascii.isDigit(next))) {
        joined = !DateTimeWord.isKnown(text.substring(from, at));
      }
      while (joined && (isLetterOrDigit(peek()) || "+-/_.:".indexOf(peek()) >= 0)) {
        at++;
      }
      add(joined ? Kind.DATE : Kind.WORD, from);
    }

    private boolean sign() {
      char sign = text.charAt(at);
      at = Ascii.skipSpaces(text, at + 1);
      int from = at;
      if (Ascii.isDigit(peek())) {
        skip(":.-");
        tokens.add(new DateTimeToken(Kind.SIGNED, sign + text.substring(from, at)));
        return true;
      }
      while (Ascii.isLetter(peek())) {
        at++;
      }
      if (at > from) {
        tokens.add(new DateTimeToken(Kind.SIGNED_WORD, sign + text.substring(from, at)));
      }
      return at > from;
    }

    /** Skips digits and the characters given. */
    private void skip(String others) {
      while (at < text.length() && (Ascii.isDigit(peek()) || others.indexOf(peek()) >= 0)) {
        at++;
      }
    }

    private char peek() {
      return at < text.length() ? text.charAt(at) : '\0';
    }

    private static boolean isLetterOrDigit(char c) {
      return Ascii.isLetter(c) || Ascii.isDigit(c);
    }

    private void add(Kind kind, int from) {
      tokens.add(new DateTimeToken(kind, text.substring(from, at)));
    }
  }
}
