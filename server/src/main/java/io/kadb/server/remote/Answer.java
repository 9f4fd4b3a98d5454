package io.kadb.server.remote;

/**
 * What a client gets.
 *
 * @param ok whether the request was served
 * @param contentType what the message is
 * @param content the message
 * @param warnings how many warnings wait to be asked for
 * @param call what was called, in one word
 * @param sqlState the error's state; empty if there is none
 */
public record Answer(
    boolean ok,
    String contentType,
    AnswerBody content,
    int warnings,
    String call,
    String sqlState) {
  /** Returns a copy of the message in one piece. */
  public byte[] body() {
    return content.toByteArray();
  }
}
