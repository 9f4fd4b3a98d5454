package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Tells whether a statement that cannot be parsed merely ends too early, as {@code SELECT * FROM}
 * does: with one word or sign more it can be. The parser itself blames the clause before, because
 * it takes what is not finished for no such clause.
 */
final class UnfinishedStatement {
  /** Longer statements are not parsed again for the sake of an error's text. */
  private static final int MAX_LENGTH = 10_000;

  private static final List<String> CONTINUATIONS = List.of("\nx", "\n1", "\n)", "\nx)");
  private static final Pattern AT_THE_END = Pattern.compile("[\\s;]++$");
  private static final Pattern LINE_END = Pattern.compile("\\r\\n|\\r|\\n");

  private UnfinishedStatement() {}

  /**
   * Returns the error that a statement ends too early, if it does.
   *
   * @param sql a text that cannot be parsed
   * @param parser parses a text, or throws
   */
  static Optional<KadbException> of(String sql, Consumer<String> parser) {
    if (sql.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String text = AT_THE_END.matcher(sql).replaceAll("");
    boolean unfinished =
        !text.isEmpty() && CONTINUATIONS.stream().anyMatch(more -> parses(text + more, parser));
    return unfinished ? Optional.of(error(text)) : Optional.empty();
  }

  private static boolean parses(String sql, Consumer<String> parser) {
    try {
      parser.accept(sql);
      return true;
    } catch (KadbException e) {
      return false;
    }
  }

  private static KadbException error(String text) {
    String[] lines = LINE_END.split(text, -1);
    return new KadbException(
        ErrorCode.SYNTAX,
        "syntax error at "
            + new Places.Place(lines.length, lines[lines.length - 1].length())
            + ": found "
            + Tokens.END);
  }
}
