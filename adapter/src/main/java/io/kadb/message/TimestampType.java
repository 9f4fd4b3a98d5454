package io.kadb.message;

/** What a message's timestamp means; the names are the values of column {@code _timestamp_type}. */
public enum TimestampType {
  /** The message has no timestamp. */
  NONE("NoTimestampType"),
  /** The producer's time. */
  CREATE("CreateTime"),
  /** The broker's time when it appended the message. */
  LOG_APPEND("LogAppendTime");

  private final String label;

  TimestampType(String label) {
    this.label = label;
  }

  /** Returns the name Kafka gives it. */
  public String label() {
    return label;
  }
}
