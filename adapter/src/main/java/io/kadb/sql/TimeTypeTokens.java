package io.kadb.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants;
import org.apache.calcite.sql.parser.babel.Token;

/**
 * Writes the types of times that the engine's parser does not know, or takes for others, in its
 * words: {@code timestamptz(3)} and {@code timestamp(3) with time zone} become {@code timestamp(3)
 * with local time zone}. Literals of them, and of {@code time(3)} and {@code timestamp(3)}, become
 * casts.
 */
final class TimeTypeTokens {
  private final List<Token> tokens;
  private final List<Token> result = new ArrayList<>();
  private boolean changed;

  private TimeTypeTokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** Returns the tokens to parse, the same list if nothing is written otherwise. */
  static List<Token> rewritten(List<Token> tokens) {
    TimeTypeTokens types = new TimeTypeTokens(tokens);
    int next = 0;
    while (next < tokens.size()) {
      next = types.take(next);
    }
    return types.changed ? types.result : tokens;
  }

  /** Takes what begins at an index and returns the index after it. */
  private int take(int from) {
    String word = word(from);
    boolean ours = word.equals("timestamptz");
    if (!ours && !word.equals("timestamp") && !word.equals("time")) {
      result.add(tokens.get(from));
      return from + 1;
    }
    int end = from + 1;
    boolean digits = word(end).equals("(") && word(end + 2).equals(")");
    end += digits ? 3 : 0;
    boolean zoned = word.equals("timestamp") && isZone(end, "with");
    boolean plain = !ours && !zoned && isZone(end, "without");
    int after = zoned || plain ? end + 3 : end;
    boolean literal =
        kind(after) == SqlBabelParserImplConstants.QUOTED_STRING && (ours || zoned || digits);
    if (!literal && !zoned && !(ours && digits && isType(from))) {
      result.add(tokens.get(from));
      return from + 1;
    }
    changed = true;
    Token first = tokens.get(from);
    if (literal) {
      add(SqlBabelParserImplConstants.CAST, "CAST", first);
      add(SqlBabelParserImplConstants.LPAREN, "(", first);
      result.add(tokens.get(after));
      add(SqlBabelParserImplConstants.AS, "AS", first);
    }
    type(from, end, ours || zoned);
    if (literal) {
      add(SqlBabelParserImplConstants.RPAREN, ")", tokens.get(after));
      return after + 1;
    }
    return after;
  }

  private void type(int from, int end, boolean zoned) {
    Token first = tokens.get(from);
    if (zoned) {
      add(SqlBabelParserImplConstants.TIMESTAMP, "TIMESTAMP", first);
    } else {
      result.add(first);
    }
    result.addAll(tokens.subList(from + 1, end));
    if (zoned) {
      add(SqlBabelParserImplConstants.WITH, "WITH", first);
      add(SqlBabelParserImplConstants.LOCAL, "LOCAL", first);
      add(SqlBabelParserImplConstants.TIME, "TIME", first);
      add(SqlBabelParserImplConstants.ZONE, "ZONE", first);
    }
  }

  private boolean isZone(int index, String with) {
    return word(index).equals(with)
        && word(index + 1).equals("time")
        && word(index + 2).equals("zone");
  }

  /** Returns whether a type stands at an index, and not a name. */
  private boolean isType(int index) {
    return index > 0
        && (kind(index - 1) == SqlBabelParserImplConstants.INFIX_CAST
            || kind(index - 1) == SqlBabelParserImplConstants.AS);
  }

  private void add(int kind, String image, Token where) {
    Token token = Token.newToken(kind);
    token.kind = kind;
    token.image = image;
    token.beginLine = where.beginLine;
    token.beginColumn = where.beginColumn;
    token.endLine = where.endLine;
    token.endColumn = where.endColumn;
    result.add(token);
  }

  private int kind(int index) {
    return index < tokens.size() ? tokens.get(index).kind : SqlBabelParserImplConstants.EOF;
  }

  private String word(int index) {
    return index < tokens.size() ? tokens.get(index).image.toLowerCase(Locale.ROOT) : "";
  }
}
