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
  public SqlScript {
    statements = List.copyOf(statements);
  }

  /**
   * One statement or command.
   *
   * @param comment the lines of the {@code --} comments before it, without the dashes; may be empty
   * @param sql the statement without comments
   */
  public record Statement(String comment, String sql) {
    /** Whether this is a command of sqlline, not SQL. */
    boolean isCommand() {
      return sql.startsWith("!");
    }
  }

  /** Cuts the text; what follows the last semicolon is a statement as well, if it is not blank. */
  public static SqlScript parse(String text) {
    Cutter cutter = new Cutter(text);
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

    Cutter(String text) {
      this.text = text;
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

    /**
     * Nested, as in PostgreSQL; its line ends stay, so that positions in errors keep their line.
     */
    private void blockComment() {
      int depth = 0;
      sql.append(' ');
      do {
        if (text.startsWith("/*", at)) {
          depth++;
          at += 2;
        } else if (text.startsWith("*/", at)) {
          depth--;
          at += 2;
        } else {
          if (text.charAt(at) == '\n') {
            sql.append('\n');
          }
          at++;
        }
      } while (depth > 0 && at < text.length());
    }

    private void endStatement() {
      String found = sql.toString().strip();
      if (!found.isEmpty()) {
        statements.add(new Statement(comment.toString(), found));
        comment.setLength(0);
      }
      sql.setLength(0);
    }
  }
}
