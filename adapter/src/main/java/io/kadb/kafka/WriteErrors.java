package io.kadb.kafka;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;

/** Turns what a producer throws into kadb's errors. */
final class WriteErrors {
  private WriteErrors() {}

  /** Returns the error of a message that cannot be written to a topic. */
  static KadbException writing(String topic, Throwable thrown, KafkaErrors errors) {
    Throwable cause = KafkaErrors.unwrap(thrown);
    if (cause instanceof RecordTooLargeException) {
      return new KadbException(
              ErrorCode.LIMIT_EXCEEDED,
              "writing to topic " + topic + ": " + cause.getMessage(),
              cause)
          .withHint("raise \"#message.max.bytes\", and max.message.bytes of the topic");
    }
    if (cause instanceof TopicAuthorizationException) {
      return new KadbException(
              ErrorCode.NOT_AUTHORIZED, "writing to topic " + topic + " is not allowed", cause)
          .withHint("writing needs the ACLs WRITE and DESCRIBE on the topic");
    }
    if (cause instanceof InvalidTopicException) {
      return KafkaErrors.noSuchTopic(topic, cause);
    }
    return transaction("writing to topic " + topic, thrown, errors);
  }

  /** Returns the error of a Kafka transaction that cannot go on. */
  static KadbException transaction(String doing, Throwable thrown, KafkaErrors errors) {
    Throwable cause = KafkaErrors.unwrap(thrown);
    if (isEnded(cause)) {
      return new KadbException(
              ErrorCode.LIMIT_EXCEEDED,
              doing + ": the brokers have ended the Kafka transaction, which was open for too long",
              cause)
          .withHint(
              "write less in one transaction, or raise \"#transaction.timeout.ms\"; nothing of it"
                  + " was written");
    }
    if (isTimeoutTooLong(cause)) {
      return new KadbException(ErrorCode.BAD_OPTION_VALUE, doing + ": " + cause.getMessage(), cause)
          .withHint(
              "lower \"#transaction.timeout.ms\" to what the brokers allow by"
                  + " transaction.max.timeout.ms");
    }
    if (cause instanceof TransactionalIdAuthorizationException) {
      return new KadbException(
              ErrorCode.NOT_AUTHORIZED, doing + ": Kafka transactions are not allowed", cause)
          .withHint(
              "writing needs the ACLs WRITE and DESCRIBE on transactional ids that begin with kadb-,"
                  + " or with \"#transactional.id\"");
    }
    return errors.translate(thrown, doing);
  }

  /** When a producer starts, its client makes a mere text of the error. */
  private static boolean isTimeoutTooLong(Throwable cause) {
    return cause instanceof InvalidTxnTimeoutException
        || String.valueOf(cause.getMessage()).contains("transaction timeout is larger");
  }

  private static boolean isEnded(Throwable cause) {
    return cause instanceof ProducerFencedException
        || cause instanceof InvalidProducerEpochException
        || cause instanceof InvalidPidMappingException
        || cause instanceof InvalidTxnStateException;
  }
}
