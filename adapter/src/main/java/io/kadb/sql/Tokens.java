package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants;
import org.apache.calcite.sql.parser.babel.Token;

/** The tokens of a statement, read one after the other by the parsers of commands. */
final class Tokens {
  /** Words and signs after which NULL and NOT NULL belong to the same expression. */
  private static final Set<String> EXPECTS_OPERAND =
      Set.of(
          ("IS NOT AND OR THEN ELSE WHEN CASE IN LIKE ILIKE BETWEEN FROM DISTINCT ESCAPE SIMILAR TO"
                  + " + - * / % || = <> != < > <= >=")
              .split(" "));

  /** How errors call what comes behind the last token. */
  static final String END = "the end of the statement";

  private static final Set<String> OPENING = Set.of("(", "[");
  private static final Set<String> CLOSING = Set.of(")", "]");

  private final StatementParser parser;
  private final Places places = new Places();
  private boolean hidden;

  Tokens(StatementParser parser) {
    this.parser = parser;
  }

  /** Returns where the names taken so far stand. */
  Places places() {
    return places;
  }

  /** Returns where the next token stands. */
  Places.Place place() {
    Token token = parser.getToken(1);
    return new Places.Place(token.beginLine, token.beginColumn);
  }

  /** Returns whether the next tokens are these words, in any case and unquoted. */
  boolean ahead(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!parser.getToken(i + 1).image.equalsIgnoreCase(words[i])) {
        return false;
      }
    }
    return true;
  }

  /** Takes these words if they come next. */
  boolean take(String... words) {
    if (!ahead(words)) {
      return false;
    }
    for (int i = 0; i < words.length; i++) {
      parser.getNextToken();
    }
    return true;
  }

  /** Takes these words, which must come next. */
  void expect(String... words) {
    for (String word : words) {
      if (!take(word)) {
        throw unexpected(word);
      }
    }
  }

  boolean atEnd() {
    return parser.getToken(1).kind == SqlBabelParserImplConstants.EOF;
  }

  /** Returns the text of the next token without taking it. */
  String peek() {
    return parser.getToken(1).image;
  }

  /** Takes the next token, whatever it is, and returns its text. */
  String next() {
    if (atEnd()) {
      throw unexpected("more");
    }
    return parser.getNextToken().image;
  }

  /** Takes a name: a word, folded to lower case, or anything in double quotes. */
  String name(String what) {
    String image = peek();
    if (image.length() > 2 && image.charAt(0) == '"') {
      return next().substring(1, image.length() - 1).replace("\"\"", "\"");
    }
    boolean word = !image.isEmpty() && Character.isJavaIdentifierStart(image.charAt(0));
    // E'…' begins like a word.
    if (!word || image.indexOf('\'') >= 0 || atEnd()) {
      throw unexpected(what);
    }
    return next().toLowerCase(Locale.ROOT);
  }

  /** Takes a name and notes where it stands. */
  String name(Places.Part part, String what) {
    Places.Place place = place();
    checkNotReserved();
    String name = name(what);
    places.note(part, name, place);
    return name;
  }

  /**
   * Checks that no word comes next that is never a name, as in PostgreSQL.
   *
   * @throws KadbException 42601 if one does
   */
  void checkNotReserved() {
    String word = peek().toLowerCase(Locale.ROOT);
    if (KeywordNames.RESERVED.contains(word)) {
      throw unexpected("a name")
          .withHint(word + " is a reserved word: a name like this needs double quotes");
    }
  }

  /** Takes a text in single quotes, also one with escapes as in {@code E'\t'}. */
  String string(String what) {
    String image = peek();
    if (!stringAhead()) {
      throw unexpected(what + " in single quotes");
    } else if (image.charAt(0) == '\'') {
      return next().substring(1, image.length() - 1).replace("''", "'");
    }
    try {
      String text = SqlParserUtil.parseCString(image);
      next();
      return text;
    } catch (SqlParserUtil.MalformedUnicodeEscape e) {
      throw unexpected(what + " with escapes that PostgreSQL knows");
    }
  }

  boolean stringAhead() {
    String image = peek();
    int quote = image.indexOf('\'');
    return image.length() >= quote + 2
        && (quote == 0 || (quote == 1 && (image.charAt(0) == 'E' || image.charAt(0) == 'e')));
  }

  /**
   * Takes the expression that comes next, up to whatever may follow it in the definition of a
   * column, and returns its text.
   *
   * @throws KadbException 42601 if there is none
   */
  String expression() {
    Token first = parser.getToken(1);
    Token last = first;
    int depth = 0;
    for (String before = ""; depth > 0 || !endsExpression(before); before = last.image) {
      if (atEnd()) {
        throw unexpected(")");
      }
      depth += OPENING.contains(peek()) ? 1 : CLOSING.contains(peek()) ? -1 : 0;
      last = parser.getNextToken();
    }
    if (last == first && first == parser.getToken(1)) {
      throw unexpected("an expression");
    }
    return parser.text(first, last);
  }

  /**
   * Returns whether the next token is not part of an expression.
   *
   * @param before the token before; empty if there is none
   */
  private boolean endsExpression(String before) {
    boolean whole = !before.isEmpty() && !EXPECTS_OPERAND.contains(before.toUpperCase(Locale.ROOT));
    return atEnd()
        || ahead(",")
        || ahead(")")
        || ahead(";")
        || ahead("OPTIONS")
        || (whole && ahead("NULL"))
        || ((whole || before.isEmpty()) && ahead("NOT", "NULL"));
  }

  /** Has errors not show what they found, because it may belong to a secret. */
  void hide(boolean on) {
    hidden = on;
  }

  /** Returns the error that the next token is not what was wanted, with its place. */
  KadbException unexpected(String wanted) {
    Token token = parser.getToken(1);
    String found = atEnd() ? END : shown(token.image);
    return new KadbException(
        ErrorCode.SYNTAX,
        "syntax error at "
            + new Places.Place(token.beginLine, token.beginColumn)
            + ": found "
            + found
            + ", wanted "
            + wanted);
  }

  /** Texts in single quotes are values, which may be secrets wherever they stand. */
  private String shown(String image) {
    if (hidden) {
      return "something else";
    }
    boolean text = image.indexOf('\'') >= 0 && image.charAt(0) != '"';
    return text ? "a text" : KadbException.shown(image);
  }
}
