package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.babel.TokenMgrError;

/** A sign in a statement with which nothing of SQL begins, or its end where a comment is open. */
final class UnknownSign {
  /** What the lexer says of a character; of the end it says no number. */
  private static final Pattern TEXT =
      Pattern.compile(
          "line ([0-9]{1,9}), column ([0-9]{1,9})\\.\\s+Encountered: (?:<EOF>|.*?\\(([0-9]{1,7})\\))",
          Pattern.DOTALL);

  private UnknownSign() {}

  /** Returns the error; the lexer's own text is left out, because it may hold part of a secret. */
  static KadbException error(TokenMgrError e) {
    Matcher found = TEXT.matcher(String.valueOf(e.getMessage()));
    if (!found.find()) {
      return new KadbException(ErrorCode.SYNTAX, "syntax error: the statement cannot be read");
    }
    String place = "syntax error at line " + found.group(1) + ", column " + found.group(2);
    if (found.group(3) == null) {
      return new KadbException(
          ErrorCode.SYNTAX, place + ": found " + Tokens.END + " within a comment or a text");
    }
    String sign = Character.toString(Integer.parseInt(found.group(3)));
    KadbException error =
        new KadbException(
            ErrorCode.SYNTAX,
            place + ": found " + KadbException.shown(sign) + ", with which nothing begins");
    return switch (sign) {
      case "`" -> error.withHint("names that need quotes stand in double quotes");
      case "\\" -> error.withHint("commands of psql are not part of SQL");
      default -> error;
    };
  }
}
