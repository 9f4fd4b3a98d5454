package io.kadb.driver;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The properties that this driver itself uses. All others go to the server, which knows those of
 * the in-process driver that a remote user may set, and warns of those that it does not know.
 */
enum RemoteProperty {
  USER("user", "", "Name at the server"),
  PASSWORD("password", "", "Password at the server"),
  SCHEMA("schema", "", "Schema that names without one mean; the path of the URL says it too"),
  FETCH_SIZE("fetchSize", "0", "Most rows that come at a time, up to 5000; 0 means 2000"),
  QUERY_TIMEOUT("queryTimeout", "0", "Most seconds a statement may take; 0 for no limit"),
  CONNECT_TIMEOUT("connectTimeout", "10", "Most seconds to wait for a server; 0 for no limit"),
  NETWORK_TIMEOUT(
      "networkTimeout",
      "0",
      "Most milliseconds without a byte of an answer; 0 for no limit. A server that is busy"
          + " sends one every 10 seconds"),
  SSL("ssl", "", "Whether TLS is used; true as soon as another property of TLS is given"),
  SSL_CA("sslCa", "", "PEM file with the certificates to trust; the JDK's if nothing is given"),
  SSL_TRUST_STORE("sslTrustStore", "", "Key store (PKCS12, or JKS by its name) to trust instead"),
  SSL_TRUST_STORE_PASSWORD("sslTrustStorePassword", "", "Password of that key store"),
  SSL_CERT("sslCert", "", "PEM file with the certificate to show, and those that signed it"),
  SSL_KEY("sslKey", "", "PEM file with the key of that certificate, PKCS#8"),
  SSL_KEY_PASSWORD("sslKeyPassword", "", "Password of the key, if it is encrypted"),
  SSL_KEY_STORE("sslKeyStore", "", "Key store with certificate and key instead"),
  SSL_KEY_STORE_PASSWORD("sslKeyStorePassword", "", "Password of that key store"),
  AUTH("auth", "basic", "basic (user and password) or kerberos"),
  KERBEROS_SERVICE("kerberosService", "", "Service to ask a ticket for; HTTP@host if not given"),
  KERBEROS_PRINCIPAL("kerberosPrincipal", "", "Whose ticket; otherwise the ticket cache's"),
  KERBEROS_KEYTAB("kerberosKeytab", "", "Keytab of the principal; otherwise the ticket cache");

  private final String label;
  private final String defaultValue;
  private final String description;

  RemoteProperty(String label, String defaultValue, String description) {
    this.label = label;
    this.defaultValue = defaultValue;
    this.description = description;
  }

  /** Returns the property of this name in any case; empty if there is none. */
  static Optional<RemoteProperty> named(String name) {
    return Arrays.stream(values()).filter(p -> p.label.equalsIgnoreCase(name)).findFirst();
  }

  /** Returns the name as URLs write it. */
  String label() {
    return label;
  }

  String defaultValue() {
    return defaultValue;
  }

  /** Returns one line that says what the property does. */
  String description() {
    return description;
  }

  /** Returns whether values must never be shown. */
  boolean secret() {
    return label.toLowerCase(Locale.ROOT).endsWith("password");
  }

  /** Returns whether a value has to do with TLS. */
  boolean ofTls() {
    return label.startsWith("ssl") && this != SSL;
  }
}
