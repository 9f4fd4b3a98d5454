package io.kadb.kafka;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.option.ClientProperties;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * What it means that a client could not even be made: it reads its key stores and logs in to
 * Kerberos or an identity provider before it talks to any broker.
 */
final class StartErrors {
  private static final String DOING = "starting a Kafka client";
  private static final String KERBEROS_HINT =
      "check \"#sasl.kerberos.principal\" and \"#sasl.kerberos.keytab\", and the krb5.conf of this"
          + " machine";
  private static final String LOGIN_HINT = "check the \"#sasl.…\" options";
  private static final String STORE_HINT = "check the \"#ssl.…\" options";

  private StartErrors() {}

  /** Returns the error that stands for what the constructor of a client threw. */
  static KadbException of(RuntimeException thrown, ClientProperties client) {
    Throwable cause = KafkaErrors.unwrap(thrown);
    if (cause instanceof LoginException) {
      boolean kerberos = client.values().getOrDefault("sasl.mechanism", "GSSAPI").equals("GSSAPI");
      return new KadbException(
              ErrorCode.AUTHENTICATION_FAILED,
              DOING + ": the login failed: " + oneLine(cause.getMessage()),
              thrown)
          .withHint(kerberos ? KERBEROS_HINT : LOGIN_HINT);
    }
    if (cause instanceof IllegalArgumentException && mentionsJaas(cause)) {
      // The client quotes what it could not read, which may be a part of a password: neither the
      // text nor the exception may get any further.
      return new KadbException(
              ErrorCode.BAD_OPTION_VALUE,
              "the value of \"#sasl.jaas.config\" is missing or no login configuration")
          .withHint("it reads: class.of.LoginModule required name=\"value\" … ;");
    }
    if (cause instanceof IOException
        || cause instanceof GeneralSecurityException
        || cause instanceof InvalidConfigurationException) {
      return new KadbException(
              ErrorCode.BAD_OPTION_VALUE, DOING + ": " + lastWords(thrown, cause), thrown)
          .withHint(STORE_HINT);
    }
    return new KafkaErrors(client).translate(thrown, DOING);
  }

  private static boolean mentionsJaas(Throwable cause) {
    return String.valueOf(cause.getMessage()).contains("JAAS config");
  }

  /** Returns what the client says about the file, and what the JDK says about its content. */
  private static String lastWords(Throwable thrown, Throwable cause) {
    Throwable about = thrown;
    for (Throwable t = thrown; t != cause && t != null; t = t.getCause()) {
      about = t instanceof KafkaException ? t : about;
    }
    String text = about == cause ? "" : about.getMessage() + ": ";
    return oneLine(text + cause.getMessage());
  }

  private static String oneLine(@Nullable String text) {
    return String.valueOf(text).replaceAll("\\s+", " ").strip();
  }
}
