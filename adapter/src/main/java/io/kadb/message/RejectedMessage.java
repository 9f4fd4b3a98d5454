package io.kadb.message;

import io.kadb.error.KadbException;
import java.util.List;
import java.util.Optional;

/**
 * A message that could not be turned into rows.
 *
 * @param message the message
 * @param column the column that could not be filled, if it was one column
 * @param sqlState the SQLState of the failure
 * @param reason the failure's text
 */
public record RejectedMessage(
    KeptMessage message, Optional<String> column, String sqlState, String reason) {
  /** Returns this rejection with no more of its message than the position. */
  public RejectedMessage withoutMessage() {
    KeptMessage bare =
        new KeptMessage(
            message.topic(),
            message.partition(),
            message.offset(),
            message.timestampMillis(),
            message.timestampType(),
            null,
            null,
            List.of());
    return new RejectedMessage(bare, column, sqlState, reason);
  }

  /** Returns the rejection of a message because of a failure. */
  public static RejectedMessage of(Message message, KadbException failure) {
    return new RejectedMessage(
        KeptMessage.of(message),
        failure.column(),
        failure.sqlState(),
        failure.at(message.place()).getMessage());
  }
}
