package io.kadb.format.avro;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.FormatOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
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
        Duration.ofMillis(options.positive("k_latency_ms", DEFAULT_PATIENCE_MS)));
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

  /** Hides the password. */
  @Override
  public String toString() {
    return addresses + user.map(u -> " as " + u).orElse("");
  }
}
