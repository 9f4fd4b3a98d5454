package io.kadb.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants;
import org.apache.calcite.sql.parser.babel.Token;
import org.jspecify.annotations.Nullable;

/**
 * Words that are names in PostgreSQL, but keywords of the engine's parser: {@code date}, {@code
 * row}, {@code snapshot}. Where such a word stands in the way of parsing a statement, it is taken
 * for a name and the statement is parsed again.
 */
final class KeywordNames {
  /** PostgreSQL's reserved words, also those that may be functions or types. */
  static final Set<String> RESERVED =
      Set.of(
          ("all analyse analyze and any array as asc asymmetric authorization binary both case cast"
                  + " check collate collation column concurrently constraint create cross"
                  + " current_catalog current_date current_role current_schema current_time"
                  + " current_timestamp current_user default deferrable desc distinct do else end"
                  + " except false fetch for foreign freeze from full grant group having ilike in"
                  + " initially inner intersect into is isnull join lateral leading left like limit"
                  + " localtime localtimestamp natural not notnull null offset on only or order"
                  + " outer overlaps placing primary references returning right select session_user"
                  + " similar some symmetric system_user table tablesample then to trailing true"
                  + " union unique user using variadic verbose when where window with")
              .split(" "));

  /** Behind these, a reserved word was probably meant as a name. */
  private static final Set<String> BEFORE_NAMES =
      Set.of("select", ",", ".", "by", "from", "join", "into", "update", "as", "where", "and");

  /** Between words of these two sets, a word that may be a name is one. */
  private static final Set<String> BEFORE_A_NAME =
      Set.of(
          ("select distinct all , ( . by and or not where on having when then else set between"
                  + " = <> != < <= > >= + - * / ||")
              .split(" "));

  private static final Set<String> AFTER_A_NAME =
      Set.of(", ) from . = <> != < <= > >= is in like between".split(" "));

  /** More words than these are not looked for: each costs a parsing of the statement. */
  private static final int MOST_ATTEMPTS = 100;

  /** How far from the place where a parser stopped the word may be. */
  private static final int NEAR = 4;

  private final Set<Place> names = new HashSet<>();
  private @Nullable Token first;
  private int attempts;

  private record Place(int line, int column) {
    static Place of(Token token) {
      return new Place(token.beginLine, token.beginColumn);
    }
  }

  /** Makes names of the tokens that were found to be some. */
  void apply(SqlBabelParserImpl parser) {
    Token token = parser.getToken(1);
    first = token;
    while (token.kind != SqlBabelParserImplConstants.EOF) {
      if (names.contains(Place.of(token)) && isKeyword(token)) {
        token.kind = SqlBabelParserImplConstants.IDENTIFIER;
      }
      if (token.next == null) {
        token.next = parser.token_source.getNextToken();
      }
      token = token.next;
    }
  }

  /**
   * Takes the word at which a parser stopped for a name, or else one near it: where a clause is
   * optional, the parser stops before it if anything in it is wrong.
   *
   * @return whether there was such a word, so that parsing again may get further
   */
  boolean learn(SqlBabelParserImpl stopped) {
    if (attempts++ == MOST_ATTEMPTS) {
      return false;
    }
    if (learn(stopped.getToken(1)) || learn(stopped.token)) {
      return true;
    }
    List<Token> before = before(stopped.token);
    for (int distance = 1; distance < NEAR; distance++) {
      if (learn(stopped.getToken(1 + distance))
          || (distance <= before.size() && learn(before.get(distance - 1)))) {
        return true;
      }
    }
    return false;
  }

  /** Returns the tokens before one, the nearest first. */
  private List<Token> before(Token token) {
    List<Token> before = new ArrayList<>();
    for (Token t = first; t != null && t != token; t = t.next) {
      before.add(0, t);
    }
    return before;
  }

  private boolean learn(Token token) {
    boolean learned =
        isKeyword(token) && !RESERVED.contains(word(token)) && names.add(Place.of(token));
    if (learned) {
      learnOthers(word(token));
    }
    return learned;
  }

  /** Takes the same word for a name wherever else it can be nothing but one. */
  private void learnOthers(String word) {
    Token before = first;
    for (Token token = before; token != null && token.next != null; token = token.next) {
      if (word(token).equals(word)
          && isKeyword(token)
          && before != null
          && standsForAName(word(before), word(token.next))) {
        names.add(Place.of(token));
      }
      before = token;
    }
  }

  private static boolean standsForAName(String before, String after) {
    // EXTRACT(year FROM x) and TIMESTAMPADD(year, 1, x) mean the unit.
    boolean perhapsUnit = before.equals("(") && (after.equals("from") || after.equals(","));
    return !perhapsUnit && BEFORE_A_NAME.contains(before) && AFTER_A_NAME.contains(after);
  }

  /** Returns what helps if there were more words like these than are looked for. */
  Optional<String> hint() {
    return attempts > MOST_ATTEMPTS
        ? Optional.of(
            "the statement has too many names that are keywords elsewhere: put them in double"
                + " quotes")
        : Optional.empty();
  }

  /** Returns what helps if a parser stopped at a reserved word that was meant as a name. */
  static Optional<String> hint(SqlBabelParserImpl stopped) {
    Token found = stopped.getToken(1);
    Token meant = meantAsName(stopped.token, found) ? found : stopped.getToken(2);
    return meant == found || meantAsName(found, meant)
        ? Optional.of(word(meant) + " is a reserved word: a name like this needs double quotes")
        : Optional.empty();
  }

  private static boolean meantAsName(Token before, Token token) {
    return BEFORE_NAMES.contains(word(before))
        && isKeyword(token)
        && RESERVED.contains(word(token));
  }

  private static boolean isKeyword(Token token) {
    return token.kind != SqlBabelParserImplConstants.IDENTIFIER
        && !word(token).isEmpty()
        && Character.isLetter(token.image.charAt(0))
        && token.image.chars().allMatch(c -> c == '_' || Character.isLetter(c));
  }

  private static String word(Token token) {
    return token.image == null ? "" : token.image.toLowerCase(Locale.ROOT);
  }
}
