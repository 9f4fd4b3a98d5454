package io.kadb.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random documents, many of them damaged: the scanner accepts what jackson-core accepts, and finds
 * the values where it finds them.
 */
class JsonScannerTest {
  private static final int DOCUMENTS = 200_000;
  private static final long SEED = 20240229;
  private static final List<String> PATHS = List.of("/a", "/b/a", "/b/1", "/c/0/a", "/\"\n/b", "");
  private static final String[] NAMES = {"a", "b", "c", "\\u0061", "\\\"\\n", "", "é"};
  private static final String[] SCALARS = {
    "0",
    "-1",
    "1.50",
    "2e3",
    "-0.1E-7",
    "true",
    "false",
    "null",
    "\"\"",
    "\"x\"",
    "\"\\\\\"",
    "\"\\u00e9\\t\"",
    "\"é😀\""
  };
  private static final String DAMAGE = "{}[],:\"\\ \n0-.etu1/\t";
  private static final JsonFactory JACKSON = new JsonFactory();

  private final Random random = new Random(SEED);

  @Test
  void acceptsAndFindsWhatJacksonDoes() {
    int accepted = 0;
    FoundValues found = new FoundValues(PATHS.size());
    PathNode root = PathNode.root(PATHS.stream().map(JsonPointer::parse).toList());
    JsonScanner scanner = new JsonScanner(found);
    for (int i = 0; i < DOCUMENTS; i++) {
      StringBuilder document = new StringBuilder();
      appendObject(document, 4);
      damage(document);
      byte[] bytes = document.toString().getBytes(StandardCharsets.UTF_8);
      String context = "seed " + SEED + ", document " + i + ": " + document;
      TreeMap<String, String> wanted = byJackson(bytes);
      assertThat(byScanner(scanner, root, found, bytes)).as(context).isEqualTo(wanted);
      accepted += wanted == null ? 0 : 1;
    }
    assertThat(accepted).isBetween(DOCUMENTS / 4, DOCUMENTS * 3 / 4);
  }

  private void appendObject(StringBuilder out, int depth) {
    out.append('{');
    int members = random.nextInt(4);
    for (int i = 0; i < members; i++) {
      out.append(i == 0 ? "" : ",");
      appendBlank(out);
      out.append('"').append(NAMES[random.nextInt(NAMES.length)]).append('"');
      appendBlank(out);
      out.append(':');
      appendValue(out, depth - 1);
    }
    out.append('}');
  }

  private void appendValue(StringBuilder out, int depth) {
    appendBlank(out);
    int kind = depth == 0 ? 0 : random.nextInt(5);
    if (kind == 1 || kind == 2) {
      appendObject(out, depth);
    } else if (kind == 3) {
      out.append('[');
      int elements = random.nextInt(3);
      for (int i = 0; i < elements; i++) {
        out.append(i == 0 ? "" : ",");
        appendValue(out, depth - 1);
      }
      out.append(']');
    } else {
      out.append(SCALARS[random.nextInt(SCALARS.length)]);
    }
    appendBlank(out);
  }

  private void appendBlank(StringBuilder out) {
    if (random.nextInt(6) == 0) {
      out.append(" \t\r\n".charAt(random.nextInt(4)));
    }
  }

  /** Damages about half of the documents: a character is taken away, put in or changed. */
  private void damage(StringBuilder document) {
    for (int times = random.nextInt(3); times > 0; times--) {
      int at = random.nextInt(document.length());
      char c = DAMAGE.charAt(random.nextInt(DAMAGE.length()));
      if (Character.isSurrogate(document.charAt(at))) {
        continue;
      }
      switch (random.nextInt(3)) {
        case 0 -> document.deleteCharAt(at);
        case 1 -> document.setCharAt(at, c);
        default -> document.insert(at, c);
      }
      if (document.isEmpty()) {
        document.append('{');
      }
    }
  }

  /** Returns the sources of the values at the paths, or null if it is not one object. */
  private static @Nullable TreeMap<String, String> byScanner(
      JsonScanner scanner, PathNode root, FoundValues found, byte[] bytes) {
    found.clear();
    scanner.open(bytes);
    try {
      if (scanner.value(root) != FoundValues.OBJECT || scanner.peek() != JsonScanner.END) {
        return null;
      }
    } catch (KadbException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.BAD_JSON);
      return null;
    }
    TreeMap<String, String> values = new TreeMap<>();
    for (int i = 0; i < PATHS.size(); i++) {
      if (found.kind(i) != FoundValues.ABSENT) {
        values.put(PATHS.get(i), text(bytes, found.from(i), found.to(i)));
      }
    }
    return values;
  }

  private static @Nullable TreeMap<String, String> byJackson(byte[] bytes) {
    TreeMap<String, String> values = new TreeMap<>();
    try (JsonParser parser = JACKSON.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      keep(parser, "", bytes, values);
      return parser.nextToken() == null ? values : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static void keep(
      JsonParser parser, String path, byte[] bytes, TreeMap<String, String> values)
      throws IOException {
    values.keySet().removeIf(below -> below.equals(path) || below.startsWith(path + "/"));
    int from = (int) parser.currentTokenLocation().getByteOffset();
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        keep(parser, path + "/" + name.replace("~", "~0").replace("/", "~1"), bytes, values);
      }
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
        keep(parser, path + "/" + index, bytes, values);
      }
    } else {
      parser.finishToken();
    }
    if (PATHS.contains(path)) {
      int to = (int) parser.currentLocation().getByteOffset();
      // The parser has looked one byte past a number.
      values.put(path, text(bytes, from, to).strip());
    }
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
