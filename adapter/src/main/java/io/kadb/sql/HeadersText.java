package io.kadb.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.message.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what column {@code _headers} shows. */
final class HeadersText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private HeadersText() {}

  /**
   * Returns the headers of a JSON array of {@code {"key":…,"value":…}}, or {@code "base64"} in
   * place of {@code "value"}.
   *
   * @throws KadbException 22P02 if the text is none
   */
  static List<Header> read(String text) {
    List<Header> headers = new ArrayList<>();
    try {
      JsonNode array = JSON.readTree(text);
      if (!array.isArray()) {
        throw wrong(text, null);
      }
      for (JsonNode header : array) {
        if (!header.path("key").isTextual()) {
          throw wrong(text, null);
        }
        headers.add(new Header(header.get("key").textValue(), value(header, text)));
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw wrong(text, e);
    }
    return headers;
  }

  private static byte @Nullable [] value(JsonNode header, String text) {
    JsonNode value = header.path("value");
    if (value.isTextual()) {
      return value.textValue().getBytes(StandardCharsets.UTF_8);
    } else if (header.path("base64").isTextual()) {
      return Base64.getDecoder().decode(header.get("base64").textValue());
    } else if (value.isNull()) {
      return null;
    }
    throw wrong(text, null);
  }

  private static KadbException wrong(String text, @Nullable Throwable cause) {
    return new KadbException(
            ErrorCode.BAD_TEXT,
            "found "
                + KadbException.shown(text)
                + ", wanted a JSON array of {\"key\":\"…\",\"value\":\"…\"}",
            cause)
        .inColumn(HiddenColumn.HEADERS.label());
  }
}
