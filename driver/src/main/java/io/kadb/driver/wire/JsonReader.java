package io.kadb.driver.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message, from its first byte to its last: JSON in strict UTF-8, and nothing that is not
 * JSON. An array by the name of {@code rows} becomes {@link Cells}, whose values stay bytes until
 * somebody wants them.
 */
final class JsonReader {
  private static final String ROWS = "rows";
  private static final int MOST_DEPTH = 100;
  private static final int FIRST_ROOM = 16;
  private static final int HEX_DIGITS = 4;

  /** The bytes that stand for themselves in a text. */
  private static final boolean[] PLAIN = new boolean[256];

  static {
    Arrays.fill(PLAIN, ' ', 128, true);
    PLAIN['"'] = false;
    PLAIN['\\'] = false;
  }

  private final byte[] json;
  private int at;
  private int depth;

  /** What the scalar is that was read last, and where its text begins and ends. */
  private byte form;

  private int from;
  private int to;

  JsonReader(byte[] utf8) {
    this.json = utf8;
  }

  /** Reads the message. */
  @Nullable Object read() throws IOException {
    Object value = value(false);
    skipSpace();
    if (at < json.length) {
      throw wrong("the end");
    }
    return value;
  }

  private @Nullable Object value(boolean rows) throws IOException {
    switch (next()) {
      case '{':
        return object();
      case '[':
        return rows ? rows() : array();
      default:
        scalar();
        return CellText.value(json, form, from, to);
    }
  }

  private Map<String, @Nullable Object> object() throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    begin();
    for (boolean more = !ends('}'); more; more = continues('}')) {
      if (next() != '"') {
        throw wrong("a name");
      }
      text();
      String name = CellText.text(json, form, from, to);
      if (next() != ':') {
        throw wrong("':'");
      }
      at++;
      fields.put(name, value(name.equals(ROWS)));
    }
    return fields;
  }

  private @Nullable Object[] array() throws IOException {
    @Nullable Object[] elements = new Object[FIRST_ROOM];
    int count = 0;
    begin();
    for (boolean more = !ends(']'); more; more = continues(']')) {
      Object element = value(false);
      if (count == elements.length) {
        elements = Arrays.copyOf(elements, 2 * count);
      }
      elements[count++] = element;
    }
    return Arrays.copyOf(elements, count);
  }

  private Cells rows() throws IOException {
    Cells.Builder cells = new Cells.Builder(json);
    begin();
    for (boolean more = !ends(']'); more; more = continues(']')) {
      if (next() != '[') {
        throw wrong("a row");
      }
      begin();
      for (boolean another = !ends(']'); another; another = continues(']')) {
        next();
        scalar();
        cells.add(form, from, to);
      }
      if (!cells.endRow()) {
        throw new IOException("found rows of different lengths");
      }
    }
    return cells.build();
  }

  /** Steps over the bracket that begins an object or an array. */
  private void begin() throws IOException {
    at++;
    if (++depth > MOST_DEPTH) {
      throw new IOException("found more than " + MOST_DEPTH + " brackets in each other");
    }
  }

  /** Returns whether a bracket that just began ends at once, and steps over its end. */
  private boolean ends(char bracket) throws IOException {
    if (next() != bracket) {
      return false;
    }
    at++;
    depth--;
    return true;
  }

  /** Steps over a comma or the end of a bracket; returns whether it was the comma. */
  private boolean continues(char bracket) throws IOException {
    if (next() == ',') {
      at++;
      return true;
    }
    if (!ends(bracket)) {
      throw wrong("',' or '" + bracket + "'");
    }
    return false;
  }

  private void scalar() throws IOException {
    byte first = json[at];
    if (first == '"') {
      text();
    } else if (first == '-' || isDigit(first)) {
      number();
    } else if (first == 't') {
      word("true", CellText.TRUE);
    } else if (first == 'f') {
      word("false", CellText.FALSE);
    } else {
      word("null", CellText.NULL);
    }
  }

  private void word(String word, byte meaning) throws IOException {
    for (int i = 0; i < word.length(); i++) {
      if (at + i >= json.length || json[at + i] != word.charAt(i)) {
        throw wrong("a value");
      }
    }
    form = meaning;
    from = at;
    at += word.length();
    to = at;
  }

  private void number() throws IOException {
    from = at;
    if (json[at] == '-') {
      at++;
    }
    int digits = at;
    digits();
    if (json[digits] == '0' && at > digits + 1) {
      throw wrong("no zero before a number");
    }
    boolean whole = true;
    if (at < json.length && json[at] == '.') {
      whole = false;
      at++;
      digits();
    }
    if (at < json.length && (json[at] | ' ') == 'e') {
      whole = false;
      at++;
      if (at < json.length && (json[at] == '-' || json[at] == '+')) {
        at++;
      }
      digits();
    }
    to = at;
    boolean negativeZero = digits > from && json[digits] == '0';
    form =
        whole && !negativeZero && at - digits <= CellText.LONG_DIGITS
            ? CellText.WHOLE
            : CellText.NUMBER;
  }

  private void digits() throws IOException {
    int first = at;
    while (at < json.length && isDigit(json[at])) {
      at++;
    }
    if (at == first) {
      throw wrong("a digit");
    }
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private void text() throws IOException {
    int i = at + 1;
    byte found = CellText.ASCII;
    from = i;
    while (true) {
      while (i < json.length && PLAIN[json[i] & 0xFF]) {
        i++;
      }
      if (i >= json.length) {
        at = i;
        throw wrong("the end of a text");
      }
      if (json[i] == '"') {
        break;
      }
      at = i;
      if (json[i] == '\\') {
        found = CellText.ESCAPED;
        i = afterEscape();
      } else if (json[i] < 0) {
        found = found == CellText.ASCII ? CellText.UTF8 : found;
        i = afterCharacter();
      } else {
        throw wrong("no control character in a text");
      }
    }
    form = found;
    to = i;
    at = i + 1;
  }

  private int afterEscape() throws IOException {
    int escaped = at + 1 < json.length ? json[at + 1] : -1;
    if (escaped != 'u') {
      if (escaped < 0 || "\"\\/bfnrt".indexOf(escaped) < 0) {
        throw wrong("an escape of JSON");
      }
      return at + 2;
    }
    int end = at + 2 + HEX_DIGITS;
    for (int i = at + 2; i < end; i++) {
      if (i >= json.length || json[i] < 0 || Character.digit(json[i], 16) < 0) {
        throw wrong("four hexadecimal digits");
      }
    }
    return end;
  }

  /** Steps over a character of more than one byte, which has to be well-formed. */
  private int afterCharacter() throws IOException {
    int lead = json[at] & 0xFF;
    int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    boolean complete = lead >= 0xC2 && lead <= 0xF4 && at + length <= json.length;
    for (int i = 1; complete && i < length; i++) {
      complete = (json[at + i] & 0xC0) == 0x80;
    }
    if (!complete || isOutside(lead, json[at + 1] & 0xFF)) {
      throw wrong("UTF-8");
    }
    return at + length;
  }

  /** Returns whether a character could be shorter, is half of a pair or beyond the last one. */
  private static boolean isOutside(int lead, int second) {
    return lead == 0xE0 && second < 0xA0
        || lead == 0xED && second >= 0xA0
        || lead == 0xF0 && second < 0x90
        || lead == 0xF4 && second >= 0x90;
  }

  /** Returns the next byte that is no space, without stepping over it. */
  private byte next() throws IOException {
    skipSpace();
    if (at == json.length) {
      throw wrong("more");
    }
    return json[at];
  }

  private void skipSpace() {
    while (at < json.length
        && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
      at++;
    }
  }

  private IOException wrong(String wanted) {
    String found = "the end";
    if (at < json.length) {
      int most = Math.min(FIRST_ROOM, json.length - at);
      found = '"' + new String(json, at, most, StandardCharsets.UTF_8) + '"';
    }
    return new IOException("byte " + at + ": found " + found + ", wanted " + wanted);
  }
}
