package io.kadb.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.error.Place;
import io.kadb.option.ClientProperties;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaErrorsTest {
  private final KafkaErrors errors =
      new KafkaErrors(new ClientProperties(Map.of("bootstrap.servers", "b1:9092,b2:9092")));

  static Stream<Arguments> exceptions() {
    return Stream.of(
        Arguments.of(new TimeoutException("slow"), ErrorCode.BROKERS_UNREACHABLE),
        Arguments.of(new DisconnectException("gone"), ErrorCode.BROKERS_UNREACHABLE),
        Arguments.of(
            new ConfigException("No resolvable bootstrap urls given in bootstrap.servers"),
            ErrorCode.BROKERS_UNREACHABLE),
        Arguments.of(
            new SaslAuthenticationException("invalid credentials"),
            ErrorCode.AUTHENTICATION_FAILED),
        Arguments.of(
            new SslAuthenticationException("handshake failed"), ErrorCode.BROKERS_UNREACHABLE),
        Arguments.of(new TopicAuthorizationException("t"), ErrorCode.NOT_AUTHORIZED),
        Arguments.of(new UnknownTopicOrPartitionException("?"), ErrorCode.NO_SUCH_TOPIC),
        Arguments.of(new InvalidTopicException("a/b"), ErrorCode.NO_SUCH_TOPIC),
        Arguments.of(new CorruptRecordException("crc"), ErrorCode.BAD_MESSAGE_FORMAT),
        Arguments.of(new UnsupportedVersionException("old"), ErrorCode.UNSUPPORTED),
        Arguments.of(new InterruptException(new InterruptedException()), ErrorCode.CANCELLED),
        Arguments.of(
            new ConfigException("fetch.min.bytes", "x", "Not a number of type INT"),
            ErrorCode.BAD_OPTION_VALUE),
        Arguments.of(new IllegalStateException("?"), ErrorCode.INTERNAL));
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void haveTheCodeOfTheirCauseHoweverItIsWrapped(Exception cause, ErrorCode code) {
    try {
      assertThat(errors.translate(cause, "reading").code()).isEqualTo(code);
      Exception wrapped = new ExecutionException(new KafkaException("wrapped", cause));

      KadbException error = errors.translate(wrapped, "reading");

      assertThat(error.code()).isEqualTo(code);
      assertThat(error.getCause()).isSameAs(cause);
    } finally {
      // Kafka's exception for interrupts sets the flag again.
      Thread.interrupted();
    }
  }

  @Test
  void nameTheBrokersThatDoNotAnswerAndWhatToLookAt() {
    assertThat(errors.translate(new TimeoutException("slow"), "reading topic t"))
        .hasMessageContaining("b1:9092,b2:9092")
        .hasMessageContaining("reading topic t")
        .hasMessageContaining("k_brokers");
  }

  @Test
  void nameThePlaceOfAnOffsetThatIsNotThere() {
    KadbException error =
        errors.translate(
            new OffsetOutOfRangeException(Map.of(new TopicPartition("t", 3), 17L)), "reading");

    assertThat(error.code()).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
    assertThat(error.place()).contains(new Place("t", 3, 17));
  }

  @Test
  void leaveTheirOwnAlone() {
    KadbException own = new KadbException(ErrorCode.BAD_TEXT, "x");

    assertThat(errors.translate(own, "reading")).isSameAs(own);
  }

  @Test
  void showNoSecretsAndNoLongValues() {
    assertThat(
            errors.translate(
                new ConfigException("ssl.truststore.password", "geheim", "is wrong: geheim"), "x"))
        .hasMessageContaining("#ssl.truststore.password")
        .hasMessageNotContaining("geheim");
    assertThat(
            errors.translate(new ConfigException("fetch.min.bytes", "9".repeat(500), "wrong"), "x"))
        .hasMessageContaining("wrong")
        .hasMessageNotContaining("9".repeat(65));
  }
}
