package io.kadb.option;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Turns certificates and keys in PEM files, as librdkafka takes them, into the Java client's key
 * and trust stores of type PEM. Stores of the user's own stay, unless the files are given nearer to
 * the table.
 */
final class TlsSettings {
  private static final String PEM = "PEM";
  private static final List<String> CA = List.of("ssl.ca.pem", "ssl.ca.location");
  private static final List<String> CERTIFICATE =
      List.of("ssl.certificate.pem", "ssl.certificate.location");
  private static final List<String> KEY = List.of("ssl.key.pem", "ssl.key.location");
  private static final List<String> CERTIFICATE_AND_KEY =
      Stream.concat(CERTIFICATE.stream(), KEY.stream()).toList();
  private static final List<String> TRUST_STORE =
      List.of(
          "ssl.truststore.certificates",
          "ssl.truststore.location",
          "ssl.truststore.password",
          "ssl.truststore.type");
  private static final List<String> KEY_STORE =
      List.of(
          "ssl.keystore.certificate.chain",
          "ssl.keystore.key",
          "ssl.keystore.location",
          "ssl.keystore.password",
          "ssl.keystore.type");

  /** librdkafka's word for "where this system keeps its certificates". */
  private static final String SYSTEM_CERTIFICATES = "probe";

  private final Map<String, Given> given;

  TlsSettings(Map<String, Given> given) {
    this.given = given;
  }

  /** Adds the stores that the properties describe, if the protocol asks for them. */
  void addTo(Map<String, String> values) {
    if (!values.getOrDefault("security.protocol", "").endsWith("SSL")) {
      return;
    }
    if (!Nearness.firstIsNearer(given, TRUST_STORE, CA)) {
      addTrustStore(values);
    }
    if (!Nearness.firstIsNearer(given, KEY_STORE, CERTIFICATE_AND_KEY)) {
      addKeyStore(values);
    }
  }

  private void addTrustStore(Map<String, String> values) {
    Optional<Given> authorities = nearest(CA);
    if (authorities.isEmpty()) {
      return;
    }
    TRUST_STORE.forEach(values::remove);
    if (!authorities.get().value().equals(SYSTEM_CERTIFICATES)) {
      values.put("ssl.truststore.type", PEM);
      values.put("ssl.truststore.certificates", pem(authorities.get()));
    }
  }

  private void addKeyStore(Map<String, String> values) {
    Optional<Given> certificate = nearest(CERTIFICATE);
    Optional<Given> key = nearest(KEY);
    if (certificate.isEmpty() && key.isEmpty()) {
      return;
    }
    KEY_STORE.forEach(values::remove);
    values.remove("ssl.key.password");
    values.put("ssl.keystore.type", PEM);
    values.put(
        "ssl.keystore.certificate.chain",
        pem(
            certificate.orElseThrow(
                () -> missing("#ssl.certificate.location", "#ssl.key.location"))));
    Given keyGiven =
        key.orElseThrow(() -> missing("#ssl.key.location", "#ssl.certificate.location"));
    Optional<Given> password = Optional.ofNullable(given.get("ssl.key.password"));
    values.put(
        "ssl.keystore.key", PrivateKeyPem.withoutPassword(keyGiven, pem(keyGiven), password));
  }

  private static String pem(Given given) {
    return given.name().endsWith(".location") ? PemFiles.read(given) : given.value();
  }

  private Optional<Given> nearest(List<String> names) {
    return names.stream()
        .filter(given::containsKey)
        .map(given::get)
        .reduce((a, b) -> b.level().compareTo(a.level()) > 0 ? b : a);
  }

  private static KadbException missing(String name, String other) {
    return new KadbException(
            ErrorCode.MISSING_OPTION, "missing option " + name + ", which goes with " + other)
        .withHint("ALTER SERVER … OPTIONS (ADD \"" + name + "\" '…')");
  }
}
