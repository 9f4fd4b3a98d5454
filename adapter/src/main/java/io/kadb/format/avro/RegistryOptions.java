package io.kadb.format.avro;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.FormatOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Where a schema registry is and how to log in there.
 *
 * @param addresses the addresses to try in this order, without a slash at the end
 * @param user the user's name for basic authentication
 * @param password the user's password
 * @param tls certificates for https
 * @param patience the longest an answer may take, all addresses together
 */
record RegistryOptions(
    List<URI> addresses,
    Optional<String> user,
    Optional<String> password,
    RegistryTls tls,
    Duration patience) {
  private static final String URL = "schema_registry_url";
  private static final long DEFAULT_PATIENCE_MS = 2000;

  /** Of this process alone, so that a digest says nothing outside of it. */
  private static final byte[] SALT = salt();

  RegistryOptions {
    addresses = List.copyOf(addresses);
  }

  /**
   * Returns the options given.
   *
   * @throws KadbException HV002 if the address is missing, HV024 for a wrong value
   */
  static RegistryOptions of(FormatOptions options) {
    String urls =
        options
            .text(URL)
            .orElseThrow(
                () ->
                    new KadbException(
                            ErrorCode.MISSING_OPTION, "format avro_registry: missing option " + URL)
                        .withHint("ALTER SERVER … OPTIONS (ADD " + URL + " 'http://…')"));
    List<URI> addresses = new ArrayList<>();
    for (String url : urls.split(",", -1)) {
      addresses.add(address(url.strip()));
    }
    return new RegistryOptions(
        addresses,
        options.text("schema_registry_user"),
        options.text("schema_registry_password"),
        RegistryTls.of(options),
        // As for brokers 0 is the shortest wait there is.
        Duration.ofMillis(Math.max(1, options.natural("k_latency_ms", DEFAULT_PATIENCE_MS))));
  }

  private static URI address(String url) {
    try {
      URI address = new URI(url.replaceFirst("/+$", ""));
      boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      // A user's name in the address is refused without being shown: a password goes with it.
      if (address.getRawUserInfo() != null) {
        throw FormatOptions.badValue(
            URL,
            address.getScheme() + "://…@" + address.getHost(),
            "an address without a user; schema_registry_user says the user");
      }
      if (web
          && address.getHost() != null
          && address.getRawQuery() == null
          && address.getRawFragment() == null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    String shown = url.indexOf('@') < 0 ? url : "…" + url.substring(url.lastIndexOf('@'));
    throw FormatOptions.badValue(
        URL, shown, "addresses http://… or https://…, separated by commas");
  }

  /** Returns what tells those who log in apart; nobody can tell passwords from it. */
  String loginDigest() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Java has SHA-256", e);
    }
    digest.update(SALT);
    for (Optional<String> part :
        List.of(
            user, password, tls.authorities(), tls.certificate(), tls.key(), tls.keyPassword())) {
      byte[] bytes = part.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(SALT);
      // With its length, so that the end of one part does not pass for the beginning of another.
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] salt() {
    byte[] salt = new byte[32];
    new SecureRandom().nextBytes(salt);
    return salt;
  }

  /** Hides the password. */
  @Override
  public String toString() {
    return addresses + user.map(u -> " as " + u).orElse("");
  }
}
