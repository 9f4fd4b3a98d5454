package io.kadb.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.message.Header;
import java.util.List;

/** Headers of a message as a JSON array of {@code {"key":…,"value":…}}, the value in Base64. */
final class HeadersJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<Header>> HEADERS = new TypeReference<>() {};

  private HeadersJson() {}

  static String write(List<Header> headers) {
    try {
      return JSON.writeValueAsString(headers);
    } catch (JsonProcessingException e) {
      throw new KadbException(ErrorCode.INTERNAL, "cannot write headers", e);
    }
  }

  static List<Header> read(String json) {
    try {
      return JSON.readValue(json, HEADERS);
    } catch (JsonProcessingException e) {
      throw new KadbException(ErrorCode.STORE_FAILED, "cannot read the headers of a reject", e);
    }
  }
}
