package io.kadb.kafka;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.error.Place;
import io.kadb.option.ClientProperties;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.BootstrapResolutionException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/** Turns what Kafka's clients throw into kadb's errors; the one place that does. */
final class KafkaErrors {
  private static final Pattern INVALID_VALUE =
      Pattern.compile("Invalid value (.*) for configuration ([\\w.-]+)(?:: (.*))?", Pattern.DOTALL);
  private static final String GROUP_HINT =
      "check k_consumer_group; committing needs the ACL READ on the group";
  private static final Pattern SECRET = Pattern.compile("password|secret|jaas|key$|token|oauth");

  private final String brokers;

  /** Whether clients log in with Kerberos, where a ticket that is refused looks like silence. */
  private final boolean kerberos;

  /** Creates the errors of clients with these properties. */
  KafkaErrors(ClientProperties client) {
    this.brokers = client.values().getOrDefault("bootstrap.servers", "(none)");
    this.kerberos = client.values().containsKey("sasl.kerberos.service.name");
  }

  /**
   * Returns the error that stands for an exception.
   *
   * @param thrown what a client threw
   * @param doing what kadb was about, as in "reading topic orders"
   */
  KadbException translate(Throwable thrown, String doing) {
    Throwable cause = unwrap(thrown);
    if (cause instanceof KadbException own) {
      return own;
    }
    if (cause instanceof OffsetOutOfRangeException range) {
      return outOfRange(range);
    }
    if (cause instanceof InterruptException || cause instanceof InterruptedException) {
      return new KadbException(ErrorCode.CANCELLED, doing + " was interrupted", cause);
    }
    if (cause instanceof SslAuthenticationException handshake) {
      return HandshakeErrors.of(handshake, doing, brokers);
    }
    if (isUnreachable(cause)) {
      return unreachable(doing + ": " + text(cause), cause);
    }
    if (isLiveGroup(cause)) {
      return liveGroup(doing, cause);
    }
    ErrorCode code = code(cause);
    KadbException error = new KadbException(code, doing + ": " + text(cause), cause);
    String hint = isAboutGroup(cause) ? GROUP_HINT : hint(code);
    return hint == null ? error : error.withHint(hint);
  }

  /** Returns the error of brokers that did not answer a question within its limit. */
  KadbException noAnswer(String doing, Duration limit, @Nullable Throwable cause) {
    return unreachable(doing + " took longer than " + limit.toMillis() + " ms", cause);
  }

  /** Returns the error of a topic that does not exist. */
  static KadbException noSuchTopic(String topic, @Nullable Throwable cause) {
    return new KadbException(
            ErrorCode.NO_SUCH_TOPIC,
            "topic " + KadbException.shown(topic) + " does not exist",
            cause)
        .withHint("check k_topic; kadb does not create topics by reading them");
  }

  /** Returns the error of brokers that cannot be reached or went silent. */
  KadbException unreachable(String what, @Nullable Throwable cause) {
    return new KadbException(
            ErrorCode.BROKERS_UNREACHABLE, "brokers " + brokers + ": " + what, cause)
        .withHint(
            "check k_brokers and \"#security.protocol\""
                + (kerberos ? ", the Kerberos service \"#sasl.kerberos.service.name\"" : "")
                + ", or raise k_latency_ms");
  }

  /**
   * Returns whether a group refused a commit because only its members may: the brokers find that
   * somebody who is no member commits, and say no more.
   */
  private static boolean isLiveGroup(Throwable cause) {
    return cause instanceof UnknownMemberIdException
        || cause instanceof IllegalGenerationException
        || cause instanceof RebalanceInProgressException
        || cause instanceof StaleMemberEpochException
        || cause instanceof GroupNotEmptyException;
  }

  /** Returns the error of a group that takes commits from its members only. */
  static KadbException liveGroup(String doing, @Nullable Throwable cause) {
    return new KadbException(ErrorCode.OBJECT_IN_USE, doing + ": the group has live members", cause)
        .withHint("stop the consumers of the group, or name another one with k_consumer_group");
  }

  private static boolean isAboutGroup(Throwable cause) {
    return cause instanceof InvalidGroupIdException
        || cause instanceof GroupIdNotFoundException
        || cause instanceof InconsistentGroupProtocolException
        || cause instanceof GroupAuthorizationException;
  }

  private static ErrorCode code(Throwable cause) {
    if (cause instanceof AuthenticationException) {
      return ErrorCode.AUTHENTICATION_FAILED;
    }
    if (cause instanceof AuthorizationException) {
      return ErrorCode.NOT_AUTHORIZED;
    }
    if (isNoSuchTopic(cause)) {
      return ErrorCode.NO_SUCH_TOPIC;
    }
    if (cause instanceof SerializationException || cause instanceof CorruptRecordException) {
      return ErrorCode.BAD_MESSAGE_FORMAT;
    }
    if (cause instanceof ConfigException || isAboutGroup(cause)) {
      return ErrorCode.BAD_OPTION_VALUE;
    }
    return cause instanceof UnsupportedVersionException
        ? ErrorCode.UNSUPPORTED
        : ErrorCode.INTERNAL;
  }

  private static @Nullable String hint(ErrorCode code) {
    return switch (code) {
      case AUTHENTICATION_FAILED ->
          "check \"#security.protocol\" and the \"#sasl.…\" and \"#ssl.…\" options";
      case NOT_AUTHORIZED -> "reading needs the ACLs READ and DESCRIBE on the topic";
      case NO_SUCH_TOPIC -> "check k_topic";
      case BAD_OPTION_VALUE -> "check the \"#…\" options of the server and the table";
      case BAD_MESSAGE_FORMAT -> "the broker's copy is damaged";
      default -> null;
    };
  }

  /** Returns whether the broker answered that there is no such topic. */
  static boolean isNoSuchTopic(Throwable cause) {
    return cause instanceof UnknownTopicOrPartitionException
        || cause instanceof UnknownTopicIdException
        || cause instanceof InvalidTopicException;
  }

  private static boolean isUnreachable(Throwable cause) {
    return cause instanceof TimeoutException
        || cause instanceof java.util.concurrent.TimeoutException
        || cause instanceof DisconnectException
        || cause instanceof NetworkException
        || cause instanceof BootstrapResolutionException
        || (cause instanceof ConfigException && text(cause).contains("bootstrap urls"));
  }

  private static KadbException outOfRange(OffsetOutOfRangeException range) {
    Map.Entry<TopicPartition, Long> first =
        range.offsetOutOfRangePartitions().entrySet().iterator().next();
    TopicPartition at = first.getKey();
    return new KadbException(
            ErrorCode.OFFSET_OUT_OF_RANGE, "the brokers do not have this offset (any more)", range)
        .at(new Place(at.topic(), at.partition(), first.getValue()))
        .withHint("retention may have removed it while the statement ran: run the statement again");
  }

  /**
   * Returns the exception that says what happened: futures and constructors of clients wrap it, and
   * a consumer wraps a damaged record in a plain KafkaException.
   */
  static Throwable unwrap(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null
        && (cause instanceof ExecutionException
            || cause instanceof CompletionException
            || cause.getClass() == KafkaException.class)) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Returns a client's own words on one line, without values that are secret or long. */
  private static String text(Throwable cause) {
    String message = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
    Matcher invalid = INVALID_VALUE.matcher(message);
    if (invalid.matches()) {
      String name = invalid.group(2);
      String value = SECRET.matcher(name).find() ? "" : KadbException.shown(invalid.group(1)) + " ";
      String reason = invalid.group(3) == null || value.isEmpty() ? "" : ": " + invalid.group(3);
      return "the value " + value + "of \"#" + name + "\" is not possible" + reason;
    }
    return message.replaceAll("\\s+", " ").strip();
  }
}
