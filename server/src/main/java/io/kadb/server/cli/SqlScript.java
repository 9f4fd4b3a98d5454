package io.kadb.server.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A text of SQL, cut into its statements. Semicolons in literals, quoted names and comments do not
 * cut. A line that begins with {@code !} where a statement would begin is a command of sqlline.
 *
 * @param statements the statements in order, without their semicolons
 */
public record SqlScript(List<Statement> statements) {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  public SqlScript {
    statements = List.copyOf(statements);
  }

  /**
   * One statement or command.
   *
   * @param comment the lines of the {@code --} comments before it, without the dashes; may be empty
   * @param sql the statement without comments, which are blanks instead
   * @param line the line of the text where the statement begins, from 1
   * @param column the column where it begins, from 1
   */
  public record Statement(String comment, String sql, int line, int column) {}

  /**
   * Cuts the text; what follows the last semicolon is a statement as well, if it is not blank. A
   * byte order mark at its beginning is no part of it.
   */
  public static SqlScript parse(String text) {
    Cutter cutter = new Cutter(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    cutter.cut();
    return new SqlScript(cutter.statements);
  }

  /** Walks through the text once. */
  private static final class Cutter {
    private final String text;
    private final List<Statement> statements = new ArrayList<>();
    private final StringBuilder comment = new StringBuilder();
    private final StringBuilder sql = new StringBuilder();
    private int at;

    /** Where the statement begins; the end of the text as long as nothing of it was seen. */
    private int begin;

    /** The line of the text that {@link #lineStart} belongs to, from 1. */
    private int line = 1;

    private int lineStart;

    Cutter(String text) {
      this.text = text;
      this.begin = text.length();
    }

    void cut() {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '\'' || c == '"') {
          take(endOfQuoted(c));
        } else if (text.startsWith("--", at)) {
          lineComment();
        } else if (text.startsWith("/*", at)) {
          blockComment();
        } else if (c == ';') {
          at++;
          endStatement();
        } else if (c == '!' && atStart()) {
          take(endOfLine());
          endStatement();
        } else {
          take(at + 1);
        }
      }
      endStatement();
    }

    private boolean atStart() {
      return sql.toString().isBlank();
    }

    private void take(int end) {
      if (begin == text.length() && !Character.isWhitespace(text.charAt(at))) {
        begin = at;
      }
      sql.append(text, at, end);
      at = end;
    }

    /** A doubled quote ends one literal and begins the next: that cuts nothing either. */
    private int endOfQuoted(char quote) {
      int end = text.indexOf(quote, at + 1);
      return end < 0 ? text.length() : end + 1;
    }

    private int endOfLine() {
      int end = text.indexOf('\n', at);
      return end < 0 ? text.length() : end;
    }

    private void lineComment() {
      int end = endOfLine();
      if (atStart()) {
        comment.append(comment.isEmpty() ? "" : "\n").append(text.substring(at + 2, end).strip());
      }
      at = end;
    }

    /** Nested, as in PostgreSQL; blanks and line ends take its place, so that positions hold. */
    private void blockComment() {
      int depth = 0;
      do {
        if (text.startsWith("/*", at)) {
          depth++;
          sql.append("  ");
          at += 2;
        } else if (text.startsWith("*/", at)) {
          depth--;
          sql.append("  ");
          at += 2;
        } else {
          sql.append(text.charAt(at) == '\n' ? '\n' : ' ');
          at++;
        }
      } while (depth > 0 && at < text.length());
    }

    private void endStatement() {
      String found = sql.toString().strip();
      if (!found.isEmpty()) {
        statements.add(statement(found));
        comment.setLength(0);
      }
      sql.setLength(0);
      begin = text.length();
    }

    private Statement statement(String found) {
      for (int end = text.indexOf('\n', lineStart); end >= 0 && end < begin; ) {
        line++;
        lineStart = end + 1;
        end = text.indexOf('\n', lineStart);
      }
      return new Statement(comment.toString(), found, line, begin - lineStart + 1);
    }
  }
}
