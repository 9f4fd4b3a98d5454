package io.kadb.jdbc;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of {@link java.sql.DatabaseMetaData}: {@code %} is any text, {@code _} any character,
 * {@code \} takes the special meaning from the next character. Letters match in the case in which
 * they stand.
 */
final class LikePattern {
  /** What takes the special meaning from the character that follows. */
  static final char ESCAPE = '\\';

  private final @Nullable Pattern pattern;

  /** What every name that matches begins with. */
  private final String fixed;

  /** Whether anything may follow that. */
  private final boolean open;

  /** Creates a pattern; null matches everything. */
  LikePattern(@Nullable String like) {
    this.pattern = like == null ? null : Pattern.compile(regex(like), Pattern.DOTALL);
    StringBuilder beginning = new StringBuilder();
    int i = 0;
    while (like != null && i < like.length() && "%_".indexOf(like.charAt(i)) < 0) {
      if (like.charAt(i) == ESCAPE && i + 1 < like.length()) {
        i++;
      }
      beginning.append(like.charAt(i));
      i++;
    }
    this.fixed = beginning.toString();
    this.open = like == null || i < like.length();
  }

  boolean matches(String name) {
    return pattern == null || pattern.matcher(name).matches();
  }

  /** Returns whether names that begin with this may match. */
  boolean admits(String prefix) {
    return fixed.startsWith(prefix) || (open && prefix.startsWith(fixed));
  }

  private static String regex(String like) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < like.length(); i++) {
      char c = like.charAt(i);
      if (c == ESCAPE && i + 1 < like.length()) {
        i++;
        regex.append(quoted(like.charAt(i)));
      } else if (c == '%') {
        regex.append(".*");
      } else if (c == '_') {
        regex.append('.');
      } else {
        regex.append(quoted(c));
      }
    }
    return regex.toString();
  }

  private static String quoted(char c) {
    boolean plain = Character.isLetterOrDigit(c) || Character.isSurrogate(c) || c == '_';
    return plain ? String.valueOf(c) : "\\" + c;
  }
}
