package io.kadb.driver.wire;

/** What a server answered to one request. */
final class HttpAnswer {
  /** The header that says how many warnings wait. */
  static final String WARNINGS = "X-Kadb-Warnings";

  private static final int OK = 200;
  private static final int BAD_GATEWAY = 502;
  private static final int GATEWAY_TIMEOUT = 504;

  private final int status;
  private final byte[] body;
  private final String warnings;

  /**
   * An answer.
   *
   * @param warnings the header that counts the warnings; empty if there is none
   */
  HttpAnswer(int status, byte[] body, String warnings) {
    this.status = status;
    this.body = body;
    this.warnings = warnings;
  }

  int status() {
    return status;
  }

  byte[] body() {
    return body;
  }

  boolean isOk() {
    return status == OK;
  }

  /** Returns whether the server has warnings to tell. */
  boolean hasWarnings() {
    return !warnings.isEmpty() && !warnings.trim().equals("0");
  }

  boolean isJson() {
    return body.length > 0 && body[0] == '{';
  }

  /** Returns whether something between driver and server answered, which may pass. */
  boolean isFromAGateway() {
    return status >= BAD_GATEWAY && status <= GATEWAY_TIMEOUT && !isJson();
  }
}
