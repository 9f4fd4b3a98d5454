package io.kadb.server.produce;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Each JSON text is a message, whether one stands on each line, over many lines, or many stand on
 * one; they keep their bytes.
 */
final class JsonInput implements MessageInput {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HeldInput held;
  private final JsonParser parser;
  private final Optional<JsonPointer> key;
  private long count;

  /**
   * Creates the input.
   *
   * @param key where the key stands, a JSON Pointer of RFC 6901 or the name of a field
   */
  JsonInput(InputStream in, Optional<String> key) throws IOException {
    this.held = new HeldInput(in);
    this.parser = new JsonFactory().createParser(held);
    this.key = key.map(k -> JsonPointer.compile(k.startsWith("/") ? k : "/" + escaped(k)));
  }

  private static String escaped(String field) {
    return field.replace("~", "~0").replace("/", "~1");
  }

  @Override
  public @Nullable Read next() throws IOException {
    try {
      if (parser.nextToken() == null) {
        return null;
      }
      long start = parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      parser.finishToken();
      byte[] text = trimmed(held.take(start, parser.currentLocation().getByteOffset()));
      count++;
      return new Read(key.isEmpty() ? null : keyOf(key.get(), text), text);
    } catch (JsonProcessingException e) {
      throw new MalformedInput(
          "JSON text "
              + (count + 1)
              + ", line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr()
              + ": "
              + e.getOriginalMessage().replaceFirst(" \\(start marker.*", ""),
          e);
    }
  }

  /** The end of a number is known only by what follows it. */
  private static byte[] trimmed(byte[] text) {
    int length = text.length;
    while (text[length - 1] == ' '
        || text[length - 1] == '\n'
        || text[length - 1] == '\r'
        || text[length - 1] == '\t') {
      length--;
    }
    return Arrays.copyOf(text, length);
  }

  private byte @Nullable [] keyOf(JsonPointer pointer, byte[] text) throws IOException {
    JsonNode found = MAPPER.readTree(text).at(pointer);
    if (found.isMissingNode()) {
      throw new MalformedInput(
          "JSON text " + count + ": nothing at " + pointer + " for the key", null);
    }
    if (found.isNull()) {
      return null;
    }
    String shown = found.isTextual() ? found.textValue() : found.toString();
    return shown.getBytes(StandardCharsets.UTF_8);
  }
}
