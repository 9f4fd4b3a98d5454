package io.kadb.server.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks SQL that a job brings along before it becomes part of a statement. The driver would run
 * several statements in one text, and what ends a transaction would commit half a batch, or what is
 * only looked at.
 */
final class JobSql {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<space>\\s++|--[^\\n\\r]*+)"
              + "|[eE]'[^'\\\\]*+(?:(?:\\\\.|'')[^'\\\\]*+)*+'"
              + "|'[^']*+(?:''[^']*+)*+'"
              + "|\"[^\"]*+(?:\"\"[^\"]*+)*+\""
              + "|(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*+)"
              + "|(?<dollar>\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*+)?\\$)"
              + "|(?<comment>/\\*)"
              + "|.",
          Pattern.DOTALL);

  private static final Pattern COMMENT_EDGE = Pattern.compile("/\\*|\\*/");

  private static final Set<String> OF_TRANSACTIONS =
      Set.of(
          "ABORT",
          "BEGIN",
          "COMMIT",
          "END",
          "ROLLBACK",
          "START",
          "SAVEPOINT",
          "RELEASE",
          "PREPARE TRANSACTION");

  private JobSql() {}

  /**
   * Checks all SQL of a job.
   *
   * @throws LoadFailure if an expression is more than one, or a statement ends the transaction
   */
  static void check(LoadJob job) {
    LoadJob.Target target = job.target();
    target
        .mappings()
        .forEach(
            m -> checkExpression("the mapping of " + Quoting.name(m.column()), m.expression()));
    target.filter().ifPresent(sql -> checkExpression("the filter", sql));
    target.updateCondition().ifPresent(sql -> checkExpression("the update condition", sql));
    target.deleteCondition().ifPresent(sql -> checkExpression("the delete condition", sql));
    job.afterBatches().ifPresent(after -> checkStatements(after.sql()));
  }

  private static void checkExpression(String what, String sql) {
    int depth = 0;
    for (String token : tokens(what, sql)) {
      depth += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
      if (depth < 0 || token.equals(";")) {
        throw new LoadFailure(what + " has to be one expression, found \"" + token + "\" in it");
      }
    }
    if (depth > 0) {
      throw new LoadFailure(what + " has a parenthesis that is not closed");
    }
  }

  private static void checkStatements(String sql) {
    String what = "the SQL after batches";
    String before = ";";
    for (String token : tokens(what, sql)) {
      String word = token.toUpperCase(Locale.ROOT);
      String first = before.equals(";") ? word : before.equals("PREPARE") ? "PREPARE " + word : "";
      if (OF_TRANSACTIONS.contains(first)) {
        throw new LoadFailure(
            what + " belongs to the transaction of the batch, so it cannot have " + first);
      }
      before = before.equals(";") || word.equals(";") ? word : "";
    }
  }

  /** Returns the tokens without spaces and comments; what stands in quotes is one of them. */
  private static List<String> tokens(String what, String sql) {
    List<String> tokens = new ArrayList<>();
    Matcher token = TOKEN.matcher(sql);
    for (int at = 0; at < sql.length(); ) {
      token.region(at, sql.length()).lookingAt();
      at = token.end();
      if (token.group("comment") != null) {
        at = endOfComment(sql, at);
      } else if (token.group("dollar") != null) {
        int end = sql.indexOf(token.group(), at);
        at = end < 0 ? -1 : end + token.group().length();
        tokens.add(token.group());
      } else if (token.group("space") == null) {
        tokens.add(token.group());
      }
      if (at < 0 || token.group().equals("'") || token.group().equals("\"")) {
        throw new LoadFailure(what + " has a quote or a comment that does not end");
      }
    }
    return tokens;
  }

  /** Comments may hold comments. */
  private static int endOfComment(String sql, int from) {
    Matcher edge = COMMENT_EDGE.matcher(sql);
    int depth = 1;
    for (int at = from; edge.find(at); at = edge.end()) {
      depth += edge.group().equals("/*") ? 1 : -1;
      if (depth == 0) {
        return edge.end();
      }
    }
    return -1;
  }
}
