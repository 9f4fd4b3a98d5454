package io.kadb.type;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Input of JSON and JSONB: one well-formed JSON value (RFC 8259), whose source text is kept. JSONB
 * also refuses what PostgreSQL could not keep as text or NUMERIC.
 */
final class JsonInput implements TextInput {
  /** About as deep as PostgreSQL's stack allows by default; lengths are bounded by the text. */
  private static final int MAX_DEPTH = 6_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private static final TextInput NUMBER = new NumericInput(ColumnType.NUMERIC);

  private final ColumnType type;
  private final boolean binary;

  JsonInput(ColumnType type) {
    this.type = type;
    this.binary = type.kind() == TypeKind.JSONB;
  }

  @Override
  public Object read(String text) {
    Utf8.refuseZero(text);
    try (JsonParser parser = JSON.createParser(text)) {
      int depth = 0;
      int values = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        values += depth == 0 ? 1 : 0;
        if (binary) {
          check(parser, token, text);
        }
      }
      if (values != 1) {
        throw Refusal.badText(type, text);
      }
    } catch (JsonProcessingException e) {
      // The parser's own text may quote more of the value than may be shown.
      long at = e.getLocation() == null ? 0 : e.getLocation().getCharOffset();
      if (binary && JsonEscapes.zeroComesFirst(text, at)) {
        throw escapedZero(text);
      }
      throw Refusal.of(ErrorCode.BAD_TEXT, text, type.sql() + "; not JSON at character " + at);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text;
  }

  private void check(JsonParser parser, JsonToken token, String text) throws IOException {
    if (token.isNumeric()) {
      NUMBER.read(parser.getText());
    } else if (token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING) {
      String string = parser.getText();
      for (int i = 0; i < string.length(); i++) {
        char c = string.charAt(i);
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < string.length()
                && Character.isLowSurrogate(string.charAt(i + 1));
        if (c == 0) {
          throw escapedZero(text);
        }
        if (Character.isSurrogate(c) && !pair) {
          throw Refusal.of(ErrorCode.BAD_TEXT, text, type.sql() + "; no such character in it")
              .withHint("declare the column JSON");
        }
        i += pair ? 1 : 0;
      }
    }
  }

  private KadbException escapedZero(String text) {
    return Refusal.of(ErrorCode.UNTRANSLATABLE_CHARACTER, text, type.sql() + " without \\u0000")
        .withHint("declare the column JSON");
  }
}
