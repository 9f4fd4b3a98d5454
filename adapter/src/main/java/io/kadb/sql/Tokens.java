package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.Locale;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants;
import org.apache.calcite.sql.parser.babel.Token;

/** The tokens of a statement, read one after the other by the parsers of commands. */
final class Tokens {
  private final SqlBabelParserImpl parser;
  private boolean hidden;

  Tokens(SqlBabelParserImpl parser) {
    this.parser = parser;
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
    if (image.isEmpty() || !Character.isJavaIdentifierStart(image.charAt(0)) || atEnd()) {
      throw unexpected(what);
    }
    return next().toLowerCase(Locale.ROOT);
  }

  /** Takes a text in single quotes. */
  String string(String what) {
    String image = peek();
    if (!stringAhead()) {
      throw unexpected(what + " in single quotes");
    }
    return next().substring(1, image.length() - 1).replace("''", "'");
  }

  boolean stringAhead() {
    return peek().length() >= 2 && peek().charAt(0) == '\'';
  }

  /** Has errors not show what they found, because it may belong to a secret. */
  void hide(boolean on) {
    hidden = on;
  }

  /** Returns the error that the next token is not what was wanted, with its place. */
  KadbException unexpected(String wanted) {
    Token token = parser.getToken(1);
    String found = atEnd() ? "the end" : shown(token.image);
    return new KadbException(
        ErrorCode.SYNTAX,
        "syntax error at line "
            + token.beginLine
            + ", column "
            + token.beginColumn
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
    return image.startsWith("'") ? "a text" : KadbException.shown(image);
  }
}
