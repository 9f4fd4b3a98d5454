package io.kadb.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "bad_certificate, AUTHENTICATION_FAILED, #ssl.certificate.location",
    "certificate_required, AUTHENTICATION_FAILED, #ssl.certificate.location",
    "unknown_ca, AUTHENTICATION_FAILED, #ssl.certificate.location",
    "certificate_expired, AUTHENTICATION_FAILED, #ssl.certificate.location",
    "decrypt_error, AUTHENTICATION_FAILED, #ssl.key.location",
    "protocol_version, BROKERS_UNREACHABLE, #ssl.enabled.protocols",
    "handshake_failure, BROKERS_UNREACHABLE, #ssl.cipher.suites",
  })
  void tellRefusedCertificatesFromOtherAlerts(String alert, ErrorCode code, String option) {
    KadbException error = error(new SSLHandshakeException("Received fatal alert: " + alert));

    assertThat(error.code()).isEqualTo(code);
    assertThat(error).hasMessageContainingAll("brokers b:1: reading", alert, option);
  }

  @Test
  void sayThatTheBrokersCertificateHasExpired() {
    KadbException error =
        error(
            withCause(
                new CertificateException("PKIX path validation failed"),
                new CertPathValidatorException(
                    "validity check failed", new CertificateExpiredException("NotAfter: 1970"))));

    assertThat(error.code()).isEqualTo(ErrorCode.BROKERS_UNREACHABLE);
    assertThat(error).hasMessageContainingAll("not valid now", "clock");
  }

  @Test
  void sayThatTheBrokersDoNotSpeakTls() {
    KadbException error = error(new SSLException("Unsupported or unrecognized SSL message"));

    assertThat(error.code()).isEqualTo(ErrorCode.BROKERS_UNREACHABLE);
    assertThat(error).hasMessageContainingAll("do not speak TLS", "#security.protocol");
  }

  @Test
  void passOnWhatTheyDoNotKnow() {
    SslAuthenticationException failure = new SslAuthenticationException("handshake\nfailed");

    KadbException error = HandshakeErrors.of(failure, "reading", "b:1");

    assertThat(error).hasMessageContaining("handshake failed").hasCause(failure);
  }

  private static KadbException error(Exception reason) {
    return HandshakeErrors.of(
        new SslAuthenticationException("SSL handshake failed", reason), "reading", "b:1");
  }

  private static Exception withCause(Exception exception, Throwable cause) {
    exception.initCause(cause);
    return exception;
  }
}
