package io.kadb.server.remote;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.ProtobufTranslation;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;

/** The two forms in which Avatica's messages travel; one port takes both. */
enum Encoding {
  JSON("application/json") {
    @Override
    Service.Request read(byte[] message) throws IOException {
      return MAPPER.readValue(message, Service.Request.class);
    }

    @Override
    AnswerBody write(Service.Response answer) throws IOException {
      return json(answer);
    }

    @Override
    RowBuffer newBuffer(WireColumn[] columns, int bytes) {
      return new JsonRowBuffer(columns, bytes);
    }
  },

  PROTOBUF("application/x-google-protobuf") {
    @Override
    Service.Request read(byte[] message) throws IOException {
      return PROTOBUF_TRANSLATION.parseRequest(message);
    }

    @Override
    AnswerBody write(Service.Response answer) throws IOException {
      return answer instanceof Service.FetchResponse fetched
              && fetched.frame instanceof ProtobufFrame frame
              && fetched.rpcMetadata == null
          ? frame.fetched(fetched)
          : AnswerBody.of(PROTOBUF_TRANSLATION.serializeResponse(answer));
    }

    @Override
    RowBuffer newBuffer(WireColumn[] columns, int bytes) {
      return new ProtobufRowBuffer(columns, bytes);
    }
  };

  private static final ObjectMapper MAPPER = JsonService.MAPPER;
  private static final ProtobufTranslation PROTOBUF_TRANSLATION = new ProtobufTranslationImpl();

  private final String contentType;

  Encoding(String contentType) {
    this.contentType = contentType;
  }

  /** Returns the form of a message: what begins with a brace is JSON. */
  static Encoding of(byte[] message) {
    return message.length > 0 && message[0] == '{' ? JSON : PROTOBUF;
  }

  String contentType() {
    return contentType;
  }

  /** Reads a request. */
  abstract Service.Request read(byte[] message) throws IOException;

  /** Writes an answer. */
  abstract AnswerBody write(Service.Response answer) throws IOException;

  /** Writes any message as JSON. */
  static AnswerBody json(Object message) throws IOException {
    BodyStream out = new BodyStream();
    MAPPER.writeValue(out, message);
    return out.body();
  }

  /**
   * Returns a buffer for rows of these columns.
   *
   * @param bytes how many bytes they will have, as far as is known
   */
  abstract RowBuffer newBuffer(WireColumn[] columns, int bytes);
}
