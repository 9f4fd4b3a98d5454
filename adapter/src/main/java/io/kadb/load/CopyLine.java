package io.kadb.load;

import io.kadb.type.ByteText;
import io.kadb.type.TextSpan;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the text format of PostgreSQL's COPY, one behind the other: values with tabs in between,
 * a line end behind each row. Used by one thread.
 */
public final class CopyLine {
  private final ByteText text;
  private boolean first = true;

  /** Creates lines with room for some bytes; they take more if they need it. */
  public CopyLine(int room) {
    text = new ByteText(room);
  }

  /** Returns the array that holds the rows, until the next change. */
  public byte[] bytes() {
    return text.bytes();
  }

  /** Returns how many bytes of it are rows. */
  public int length() {
    return text.length();
  }

  /** Forgets all rows. */
  public void clear() {
    text.clear();
    first = true;
  }

  /**
   * Adds the next value of the row.
   *
   * @param value a value as the column takes it, its text as a {@link TextSpan}, or null
   */
  public void value(CopyColumn column, @Nullable Object value) {
    if (first) {
      first = false;
    } else {
      text.add('\t');
    }
    if (value == null) {
      text.add('\\');
      text.add('N');
    } else if (value instanceof TextSpan span) {
      if (column.mayNeedEscapes()) {
        escaped(span.bytes(), span.from(), span.to());
      } else {
        text.add(span.bytes(), span.from(), span.to());
      }
    } else if (value instanceof String characters) {
      characters(characters);
    } else {
      column.append(text, value);
    }
  }

  /** Ends the row. */
  public void end() {
    text.add('\n');
    first = true;
  }

  private void characters(String characters) {
    int from = text.length();
    text.characters(characters);
    for (int i = from; i < text.length(); i++) {
      if (needsEscape(text.bytes()[i])) {
        byte[] rest = Arrays.copyOfRange(text.bytes(), i, text.length());
        text.shorten(i);
        escaped(rest, 0, rest.length);
        return;
      }
    }
  }

  private static boolean needsEscape(byte b) {
    return b == '\\' || (b <= '\r' && (b == '\t' || b == '\n' || b == '\r'));
  }

  /** Adds bytes with a backslash before what COPY takes for something else: hardly ever any. */
  private void escaped(byte[] utf8, int from, int to) {
    int plain = from;
    for (int i = from; i < to; i++) {
      byte b = utf8[i];
      if (needsEscape(b)) {
        text.add(utf8, plain, i);
        text.add('\\');
        text.add(
            switch (b) {
              case '\t' -> 't';
              case '\n' -> 'n';
              case '\r' -> 'r';
              default -> '\\';
            });
        plain = i + 1;
      }
    }
    text.add(utf8, plain, to);
  }
}
