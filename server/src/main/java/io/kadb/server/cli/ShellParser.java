package io.kadb.server.cli;

import org.jline.reader.ParsedLine;
import sqlline.SqlLine;
import sqlline.SqlLineParser;

/** Tells the line editor where a statement ends; {@link ShellWords} end without a semicolon. */
final class ShellParser extends SqlLineParser {
  ShellParser(SqlLine sqlline) {
    super(sqlline);
    // sqlline sees to these only when a line is read, but asks for statements of scripts, too.
    eofOnUnclosedQuote(true);
    eofOnEscapedNewLine(true);
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    // On completion the cursor's place in the line counts.
    String command =
        context == ParseContext.COMPLETE ? line : ShellWords.command(line).orElse(line);
    return super.parse(command, Math.min(cursor, command.length()), context);
  }
}
