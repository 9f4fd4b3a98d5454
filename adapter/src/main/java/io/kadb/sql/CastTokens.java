package io.kadb.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants;
import org.apache.calcite.sql.parser.babel.Token;

/**
 * Puts parentheses around every {@code x::type} among the tokens of a statement. In PostgreSQL
 * {@code ::} binds more tightly than any operator; the engine's parser gives it all that stands to
 * its left, and takes {@code a = b::int} for {@code (a = b)::int}.
 */
final class CastTokens {
  /** What may stand before a parenthesis without being the name of a function. */
  private static final Set<String> NO_FUNCTIONS =
      Set.of(
          ("all and any as between by case distinct else except exists from having ilike in"
                  + " intersect is like limit not offset on or rlike select set similar some then to"
                  + " union using values when where")
              .split(" "));

  /** What may stand before the last parenthesis of a call, after its arguments. */
  private static final Set<String> CALL_TAILS = Set.of("over", "filter", "group");

  private static final Set<String> LITERAL_PREFIXES =
      Set.of("date", "time", "timestamp", "interval");

  /** The further words of types that have several. */
  private static final Set<String> TYPE_WORDS =
      Set.of("precision", "varying", "with", "without", "local", "time", "zone", "array");

  private final List<Token> tokens;
  private final List<Token> result = new ArrayList<>();
  private final Set<Token> inserted = new HashSet<>();

  private CastTokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** Changes the tokens that a parser has not taken yet. */
  static void parenthesize(SqlBabelParserImpl parser) {
    List<Token> written = new ArrayList<>();
    Token before = parser.token;
    Token token = before;
    boolean any = false;
    do {
      if (token.next == null) {
        token.next = parser.token_source.getNextToken();
      }
      token = token.next;
      written.add(token);
      any |= token.kind == SqlBabelParserImplConstants.INFIX_CAST;
    } while (token.kind != SqlBabelParserImplConstants.EOF);
    List<Token> tokens = TimeTypeTokens.rewritten(written);
    if (any || tokens != written) {
      CastTokens casts = new CastTokens(tokens);
      casts.rewrite();
      casts.link(before);
    }
  }

  private void link(Token before) {
    Token last = before;
    for (Token token : result) {
      last.next = token;
      last = token;
    }
  }

  private void rewrite() {
    int next = 0;
    while (next < tokens.size()) {
      Token token = tokens.get(next);
      int start = token.kind == SqlBabelParserImplConstants.INFIX_CAST ? operand() : -1;
      result.add(token);
      next++;
      if (start >= 0) {
        int end = typeEnd(next);
        result.addAll(tokens.subList(next, end));
        next = end;
        insert(SqlBabelParserImplConstants.LPAREN, "(", start, result.get(start));
        insert(SqlBabelParserImplConstants.RPAREN, ")", result.size(), tokens.get(end - 1));
      }
    }
  }

  private void insert(int kind, String image, int index, Token where) {
    Token parenthesis = Token.newToken(kind);
    parenthesis.kind = kind;
    parenthesis.image = image;
    parenthesis.beginLine = where.beginLine;
    parenthesis.beginColumn = where.beginColumn;
    parenthesis.endLine = where.endLine;
    parenthesis.endColumn = where.endColumn;
    inserted.add(parenthesis);
    result.add(index, parenthesis);
  }

  /** Returns where the operand begins whose last token came last, or -1 for one not understood. */
  private int operand() {
    int last = result.size() - 1;
    if (last < 0) {
      return -1;
    }
    Token token = result.get(last);
    int start =
        switch (token.kind) {
          case SqlBabelParserImplConstants.RPAREN -> call(last);
          case SqlBabelParserImplConstants.RBRACKET, SqlBabelParserImplConstants.STAR -> -1;
          case SqlBabelParserImplConstants.END -> opening(last, "case", "end");
          case SqlBabelParserImplConstants.QUOTED_STRING ->
              last > 0 && LITERAL_PREFIXES.contains(word(last - 1)) ? last - 1 : last;
          default -> last;
        };
    while (start >= 2 && result.get(start - 1).kind == SqlBabelParserImplConstants.DOT) {
      start -= 2;
    }
    return start;
  }

  /** Returns where a call of a function begins, or else its parenthesis. */
  private int call(int closing) {
    int opening = opening(closing, "(", ")");
    if (opening <= 0 || inserted.contains(result.get(opening))) {
      return opening;
    }
    String before = word(opening - 1);
    if (CALL_TAILS.contains(before)) {
      return -1;
    }
    boolean name = !before.isEmpty() && Character.isJavaIdentifierStart(before.charAt(0));
    boolean quoted = before.startsWith("\"");
    return (name || quoted) && !NO_FUNCTIONS.contains(before) ? opening - 1 : opening;
  }

  /** Returns where what ends here was opened, or -1. */
  private int opening(int closing, String open, String close) {
    int depth = 0;
    for (int i = closing; i >= 0; i--) {
      String word = word(i);
      depth += word.equals(close) ? 1 : word.equals(open) ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Returns where the type that begins here ends, exclusive. */
  private int typeEnd(int from) {
    int end = Math.min(from + 1, tokens.size() - 1);
    while (kind(end) == SqlBabelParserImplConstants.DOT) {
      end += 2;
    }
    end = typeWords(end);
    if (kind(end) == SqlBabelParserImplConstants.LPAREN) {
      while (end < tokens.size() - 1 && kind(end) != SqlBabelParserImplConstants.RPAREN) {
        end++;
      }
      end = typeWords(end + 1);
    }
    return Math.min(end, tokens.size() - 1);
  }

  private int typeWords(int from) {
    int end = from;
    while (end < tokens.size() && TYPE_WORDS.contains(lower(tokens.get(end)))) {
      end++;
    }
    return end;
  }

  private int kind(int index) {
    return index < tokens.size() ? tokens.get(index).kind : SqlBabelParserImplConstants.EOF;
  }

  private String word(int index) {
    return lower(result.get(index));
  }

  private static String lower(Token token) {
    return token.image.toLowerCase(Locale.ROOT);
  }
}
