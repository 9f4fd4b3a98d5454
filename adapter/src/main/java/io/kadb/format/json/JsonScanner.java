package io.kadb.format.json;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the JSON values of a message (RFC 8259) and notes where the wanted ones are.
 *
 * <p>A scanner of our own, because what is asked of it is where values begin and end, byte by byte:
 * the text inputs read from bytes, and objects keep their source text. jackson-core, which a test
 * holds this class against, makes a parser for each message and a String of each value, at a third
 * of the speed that JSON topics need.
 *
 * <p>Every value is checked to be well-formed, wanted or not. Whether strings are valid UTF-8 shows
 * when they are decoded: all structure is ASCII, and no byte of it occurs within another character.
 */
final class JsonScanner {
  /** The most objects and arrays within each other. */
  static final int MAX_DEPTH = 1000;

  /** What {@link #peek} returns at the end of the message. */
  static final int END = -1;

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  /** The bytes a string may hold as they are. */
  private static final boolean[] PLAIN = new boolean[256];

  static {
    Arrays.fill(PLAIN, ' ', PLAIN.length, true);
    PLAIN['"'] = false;
    PLAIN['\\'] = false;
  }

  private final FoundValues found;

  /** For names with escapes. */
  private final Unescaped unescaped = new Unescaped();

  private byte[] bytes = {};
  private int at;
  private int depth;

  JsonScanner(FoundValues found) {
    this.found = found;
  }

  /** Begins a message. */
  void open(byte[] message) {
    bytes = message;
    at = 0;
    depth = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Skips blanks and returns the byte that comes next, or {@link #END}. */
  int peek() {
    while (at < bytes.length) {
      byte b = bytes[at];
      if (b > ' ' || (b != ' ' && b != '\n' && b != '\r' && b != '\t')) {
        return b & 0xFF;
      }
      at++;
    }
    return END;
  }

  int position() {
    return at;
  }

  /** Goes past the byte that {@link #peek} returned. */
  void skip() {
    at++;
  }

  /**
   * Walks over the value that comes next, after blanks.
   *
   * @param node what is wanted of it, or null
   * @return its kind
   * @throws KadbException 22032 if it is not well-formed, 54000 if it is nested too deeply
   */
  byte value(@Nullable PathNode node) {
    int first = peek();
    int from = at;
    byte kind =
        switch (first) {
          case '"' -> string();
          case '{' -> object(node);
          case '[' -> array(node);
          case 't' -> literal(TRUE, FoundValues.BOOLEAN);
          case 'f' -> literal(FALSE, FoundValues.BOOLEAN);
          case 'n' -> literal(NULL, FoundValues.NULL);
          case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
          default -> throw unexpected("a value");
        };
    if (node != null) {
      for (int column : node.columns) {
        found.set(column, kind, from, at);
      }
    }
    return kind;
  }

  private byte object(@Nullable PathNode node) {
    PathNode inner = node != null && node.inner ? node : null;
    open();
    if (peek() == '}') {
      return close(FoundValues.OBJECT);
    }
    while (true) {
      if (peek() != '"') {
        throw unexpected("a name in quotes");
      }
      PathNode member = member(inner);
      if (peek() != ':') {
        throw unexpected("a colon");
      }
      at++;
      if (member != null && member.inner) {
        // The last one counts, with all that is below it.
        member.clear(found);
      }
      value(member);
      int next = peek();
      if (next == '}') {
        return close(FoundValues.OBJECT);
      } else if (next != ',') {
        throw unexpected("a comma or a closing brace");
      }
      at++;
    }
  }

  /** Goes past a name and returns what is wanted of its value. */
  private @Nullable PathNode member(@Nullable PathNode node) {
    if (node == null) {
      string();
      return null;
    }
    PathNode expected = node.expectedAt(bytes, at + 1);
    if (expected != null) {
      at += expected.nameLength() + 2;
      return expected;
    }
    int from = at + 1;
    if (string() == FoundValues.STRING) {
      return node.child(bytes, from, at - 1);
    }
    unescaped.clear();
    return unescaped.read(bytes, from, at - 1)
        ? node.child(unescaped.bytes(), unescaped.from(), unescaped.to())
        : null;
  }

  private byte array(@Nullable PathNode node) {
    int wanted = node == null ? 0 : node.elementCount();
    open();
    if (peek() == ']') {
      return close(FoundValues.ARRAY);
    }
    int place = 0;
    for (int index = 0; ; index++) {
      PathNode element = null;
      if (node != null && place < wanted && node.element(place).index() == index) {
        element = node.element(place++);
      }
      value(element);
      int next = peek();
      if (next == ']') {
        return close(FoundValues.ARRAY);
      } else if (next != ',') {
        throw unexpected("a comma or a closing bracket");
      }
      at++;
    }
  }

  private void open() {
    if (++depth > MAX_DEPTH) {
      throw new KadbException(
          ErrorCode.TOO_LARGE,
          "found more than " + MAX_DEPTH + " objects and arrays within each other at byte " + at);
    }
    at++;
  }

  private byte close(byte kind) {
    depth--;
    at++;
    return kind;
  }

  private byte string() {
    byte kind = FoundValues.STRING;
    int i = at + 1;
    while (true) {
      while (i < bytes.length && PLAIN[bytes[i] & 0xFF]) {
        i++;
      }
      at = i;
      if (i == bytes.length || bytes[i] >= 0 && bytes[i] < ' ') {
        throw unexpected("a character of a string or a closing quote");
      } else if (bytes[i] == '"') {
        at = i + 1;
        return kind;
      }
      kind = FoundValues.ESCAPED_STRING;
      i = escape(i + 1);
    }
  }

  /** Checks what follows a backslash, and returns where it ends. */
  private int escape(int from) {
    at = from;
    int escaped = from < bytes.length ? bytes[from] : END;
    switch (escaped) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return from + 1;
      }
      case 'u' -> {
        for (at = from + 1; at < from + 5; at++) {
          if (at >= bytes.length || Character.digit(bytes[at], 16) < 0) {
            throw unexpected("four hexadecimal digits");
          }
        }
        return at;
      }
      default -> throw unexpected("one of \"\\/bfnrtu after a backslash");
    }
  }

  private byte number() {
    if (bytes[at] == '-') {
      at++;
    }
    if (at < bytes.length && bytes[at] == '0') {
      at++;
    } else {
      digits();
    }
    if (at < bytes.length && bytes[at] == '.') {
      at++;
      digits();
    }
    if (at < bytes.length && (bytes[at] == 'e' || bytes[at] == 'E')) {
      at++;
      if (at < bytes.length && (bytes[at] == '+' || bytes[at] == '-')) {
        at++;
      }
      digits();
    }
    return FoundValues.NUMBER;
  }

  private void digits() {
    int from = at;
    while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    if (at == from) {
      throw unexpected("a digit");
    }
  }

  private byte literal(byte[] word, byte kind) {
    for (byte letter : word) {
      if (at == bytes.length || bytes[at] != letter) {
        throw unexpected("true, false or null");
      }
      at++;
    }
    return kind;
  }

  /** Returns the error for what comes next. */
  KadbException unexpected(String wanted) {
    String what;
    if (at >= bytes.length) {
      what = "the end of the message";
    } else if (bytes[at] > ' ' && bytes[at] < 0x7F) {
      what = "'" + (char) bytes[at] + "'";
    } else {
      what = String.format("0x%02X", bytes[at]);
    }
    return new KadbException(
        ErrorCode.BAD_JSON, "not JSON: found " + what + " at byte " + at + ", wanted " + wanted);
  }
}
