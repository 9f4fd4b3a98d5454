package io.kadb.kafka;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SslAuthenticationException;

/**
 * What a failed TLS handshake means. If this side does not like the brokers there is no connection;
 * if the brokers do not like this side's certificate, nobody was let in.
 */
final class HandshakeErrors {
  private static final String TRUST_HINT =
      "\"#ssl.ca.location\" names the PEM file of the authority that signed it";
  private static final String DATE_HINT = "look at the clock of this machine and at the brokers";
  private static final String HOST_HINT =
      "k_brokers must name the hosts as the certificate does;"
          + " \"#ssl.endpoint.identification.algorithm\" 'none' accepts any";
  private static final String OWN_HINT =
      "check \"#ssl.certificate.location\" and \"#ssl.key.location\"";

  /** What TLS (RFC 8446, section 6) says of a certificate that is missing or not accepted. */
  private static final Set<String> ABOUT_CERTIFICATES =
      Set.of(
          "bad_certificate",
          "unsupported_certificate",
          "certificate_revoked",
          "certificate_expired",
          "certificate_unknown",
          "certificate_required",
          "unknown_ca",
          "access_denied",
          "decrypt_error");

  private static final Pattern ALERT = Pattern.compile("fatal alert: (\\w+)");
  private static final Pattern OTHER_HOST =
      Pattern.compile("No (subject alternative|name matching)");
  private static final Pattern NO_TLS =
      Pattern.compile("(?i)unsupported or unrecognized SSL message|not an SSL/TLS record");

  private HandshakeErrors() {}

  /**
   * Returns the error that stands for a failed handshake.
   *
   * @param doing what kadb was about
   * @param brokers the brokers as the user named them
   */
  static KadbException of(SslAuthenticationException failure, String doing, String brokers) {
    String where = "brokers " + brokers + ": " + doing + ": ";
    Optional<String> alert = alert(failure);
    if (alert.filter(ABOUT_CERTIFICATES::contains).isPresent()) {
      return new KadbException(
              ErrorCode.AUTHENTICATION_FAILED,
              where + "they did not accept kadb's certificate, or want one (" + alert.get() + ")",
              failure)
          .withHint(OWN_HINT);
    }
    Refusal refusal = refusal(failure, alert);
    return new KadbException(ErrorCode.BROKERS_UNREACHABLE, where + refusal.what, failure)
        .withHint(refusal.hint);
  }

  /** Why there is no connection, and what helps. */
  private record Refusal(String what, String hint) {}

  private static Refusal refusal(Throwable failure, Optional<String> alert) {
    Optional<Throwable> certificate =
        causes(failure)
            .filter(
                cause ->
                    cause instanceof CertificateException
                        || cause instanceof CertPathValidatorException)
            .findFirst();
    if (certificate.isPresent()) {
      return aboutBrokersCertificate(certificate.get());
    }
    String deepest = causes(failure).reduce(failure, (first, second) -> second).getMessage();
    String text = deepest == null ? failure.toString() : deepest.replaceAll("\\s+", " ").strip();
    if (NO_TLS.matcher(text).find()) {
      return new Refusal(
          "they do not speak TLS on this port", "check \"#security.protocol\" and k_brokers");
    }
    return alert.isPresent()
        ? new Refusal(
            "no agreement about TLS (" + alert.get() + ")",
            "check \"#ssl.enabled.protocols\" and \"#ssl.cipher.suites\"")
        : new Refusal(
            "the TLS handshake failed: " + text,
            "check \"#security.protocol\" and the \"#ssl.…\" options");
  }

  private static Refusal aboutBrokersCertificate(Throwable certificate) {
    String text = String.valueOf(certificate.getMessage());
    if (OTHER_HOST.matcher(text).find()) {
      return new Refusal("their certificate is of another host: " + text, HOST_HINT);
    }
    boolean dated =
        causes(certificate)
            .anyMatch(
                cause ->
                    cause instanceof CertificateExpiredException
                        || cause instanceof CertificateNotYetValidException);
    return dated
        ? new Refusal("their certificate is not valid now: " + text, DATE_HINT)
        : new Refusal("their certificate is not trusted: " + text, TRUST_HINT);
  }

  private static Optional<String> alert(Throwable failure) {
    return causes(failure)
        .map(cause -> ALERT.matcher(String.valueOf(cause.getMessage())))
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .findFirst();
  }

  private static Stream<Throwable> causes(Throwable first) {
    return Stream.iterate(first, cause -> cause != null, Throwable::getCause);
  }
}
