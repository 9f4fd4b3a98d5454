package io.kadb.format.json;

import io.kadb.format.FormatOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A place in a JSON document, from its root (RFC 6901). */
record JsonPointer(List<String> tokens) {
  /** Without groups that repeat: those would take a long text's length of stack. */
  private static final Pattern FORM = Pattern.compile("(?s)(?!.*~(?![01]))(?:/.*)?");

  JsonPointer {
    tokens = List.copyOf(tokens);
  }

  /** Returns the member of the root with this name, taken literally. */
  static JsonPointer member(String name) {
    return new JsonPointer(List.of(name));
  }

  /**
   * Reads a pointer; the empty text is the whole document.
   *
   * @throws io.kadb.error.KadbException HV024 if it is not written as one
   */
  static JsonPointer parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw FormatOptions.badValue(
          "path", text, "a JSON Pointer such as /user/zip, with ~1 for / and ~0 for ~ in names");
    }
    List<String> tokens = new ArrayList<>();
    for (int slash = text.isEmpty() ? -1 : 0; slash >= 0; ) {
      int next = text.indexOf('/', slash + 1);
      String token = text.substring(slash + 1, next < 0 ? text.length() : next);
      tokens.add(token.replace("~1", "/").replace("~0", "~"));
      slash = next;
    }
    if (tokens.size() > JsonScanner.MAX_DEPTH) {
      throw FormatOptions.badValue("path", text, "at most " + JsonScanner.MAX_DEPTH + " names");
    }
    return new JsonPointer(tokens);
  }
}
