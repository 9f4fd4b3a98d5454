package io.kadb.sql;

import io.kadb.option.Redaction;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Masks the secrets in the text of a statement: texts in quotes that follow the name of a secret
 * option, as in {@code OPTIONS ("#sasl.password" '…')}.
 */
final class SecretsInSql {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<blank>\\s++|--[^\\n]*+|/\\*.*?(?:\\*/|\\z))"
              + "|(?<escaped>[Ee]'[^'\\\\]*+(?:(?:\\\\.|'')[^'\\\\]*+)*+'?)"
              + "|(?<text>(?:[NnBbXx]|[Uu]&)?'[^']*+(?:''[^']*+)*+'?)"
              + "|(?<quoted>\"[^\"]*+(?:\"\"[^\"]*+)*+\"?)"
              + "|(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*+)"
              + "|(?<other>.)",
          Pattern.DOTALL);

  private SecretsInSql() {}

  /** Returns the text with secrets masked. */
  static String masked(String sql) {
    StringBuilder shown = new StringBuilder(sql.length());
    Matcher token = TOKEN.matcher(sql);
    // A text may go on in the next quotes, so the name holds until something else comes.
    @Nullable String name = null;
    while (token.find()) {
      String image = token.group();
      boolean literal = token.group("text") != null || token.group("escaped") != null;
      shown.append(literal && name != null ? masked(name, image) : image);
      if (!literal && token.group("blank") == null) {
        name = name(token, name);
      }
    }
    return shown.toString();
  }

  private static String masked(String name, String literal) {
    String value = literal.substring(literal.indexOf('\'') + 1).replaceAll("'$", "");
    String masked = Redaction.mask(name, value.replace("''", "'"));
    return masked.equals(value.replace("''", "'"))
        ? literal
        : "'" + masked.replace("'", "''") + "'";
  }

  /** Returns the name that a text after this token belongs to. */
  private static @Nullable String name(Matcher token, @Nullable String before) {
    String image = token.group();
    if (token.group("quoted") != null) {
      return image.substring(1).replaceAll("\"$", "").replace("\"\"", "\"");
    } else if (image.equals("=") || image.equalsIgnoreCase("to")) {
      return before;
    }
    return token.group("word") == null ? null : image.toLowerCase(Locale.ROOT);
  }
}
