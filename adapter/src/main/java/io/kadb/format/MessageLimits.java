package io.kadb.format;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;

/**
 * The most that one message may give.
 *
 * @param maxRows rows, 1 or more
 * @param maxBytes bytes, after decompression, 1 or more
 */
public record MessageLimits(long maxRows, long maxBytes) {
  /** The limits where no option says otherwise. */
  public static final MessageLimits DEFAULT = new MessageLimits(10_000_000, 268_435_456);

  /** Checks that both are positive. */
  public MessageLimits {
    if (maxRows < 1 || maxBytes < 1) {
      throw new IllegalArgumentException("limits must be positive: " + maxRows + ", " + maxBytes);
    }
  }

  /**
   * Refuses a number of rows past the limit.
   *
   * @throws KadbException 54000
   */
  public void checkRows(long rows) {
    if (rows > maxRows) {
      throw tooLarge("gives more than " + maxRows + " rows", "k_max_message_rows");
    }
  }

  /**
   * Refuses a number of bytes past the limit.
   *
   * @throws KadbException 54000
   */
  public void checkBytes(long bytes) {
    if (bytes > maxBytes) {
      throw tooLarge("holds more than " + maxBytes + " bytes", "k_max_message_bytes");
    }
  }

  private static KadbException tooLarge(String what, String option) {
    return new KadbException(ErrorCode.TOO_LARGE, "the message " + what)
        .withHint("raise " + option + " if such messages are meant");
  }
}
