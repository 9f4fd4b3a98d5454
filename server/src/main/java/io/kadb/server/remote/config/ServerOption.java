package io.kadb.server.remote.config;

import io.kadb.option.ValueType;
import io.kadb.server.remote.FrameLimits;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code kadb server}: the only source for the command line, the environment, the
 * configuration file, the help text and the documentation.
 */
public enum ServerOption {
  HOST(text(), "HOST", "127.0.0.1", "address to listen on; 0.0.0.0 is all of them"),
  PORT(range(0, 65_535), "PORT", "8765", "port to listen on; 0 takes a free one"),
  HOME(text(), "FOLDER", null, "folder of the embedded store; otherwise as for jdbc:kadb:"),
  STORE(text(), "URL", null, "JDBC URL of the database of definitions and offsets"),
  STORE_USER(text(), "USER", null, "user at the store"),
  STORE_PASSWORD_FILE(text(), "FILE", null, "file whose first line is the password at the store"),
  PASSWORDS_FILE(
      text(),
      "FILE",
      null,
      "users who may log in, a line of --hash-password for each; then all must"),
  KERBEROS_PRINCIPAL(
      text(),
      "PRINCIPAL",
      null,
      "the server's own name in Kerberos, HTTP/host@REALM; then all must log in"),
  KERBEROS_KEYTAB(
      text(), "FILE", null, "keytab with the keys of that name, for kerberos-principal"),
  TLS_CERTIFICATE(
      text(), "FILE", null, "PEM file of the server's certificate and its chain; then HTTPS"),
  TLS_KEY(text(), "FILE", null, "PEM file of the certificate's private key, PKCS #8"),
  TLS_KEYSTORE(
      text(), "FILE", null, "PKCS #12 file with key and certificates, instead of PEM files"),
  TLS_PASSWORD_FILE(
      text(), "FILE", null, "file whose first line is the password of key or key store"),
  TLS_CLIENT_CA(
      text(),
      "FILE",
      null,
      "PEM file of authorities; every client needs a certificate of one of them"),
  MAX_CONNECTIONS(range(1, 1_000_000), "N", "200", "most connections of all clients"),
  MAX_STATEMENTS(range(1, 1_000_000), "N", "1000", "most open statements of a connection"),
  MAX_REQUEST_BYTES(range(1_024, 1 << 30), "BYTES", "16777216", "most bytes of a request"),
  FRAME_ROWS(
      range(1, FrameLimits.MOST_ROWS),
      "N",
      "2000",
      "rows of a frame where the client says no number"),
  FRAME_BYTES(range(1_024, 1 << 28), "BYTES", "4194304", "most bytes of a frame with several rows"),
  STATEMENT_TIMEOUT(
      range(0, 1_000_000_000), "SECONDS", "0", "longest time limit of a statement; 0 for none"),
  IDLE_RESULT(
      range(1, 1_000_000_000),
      "SECONDS",
      "600",
      "time without a request after which a result is given up"),
  IDLE_CONNECTION(
      range(1, 1_000_000_000),
      "SECONDS",
      "1800",
      "time without a request after which a connection is closed"),
  STOP_TIMEOUT(
      range(0, 3_600),
      "SECONDS",
      "10",
      "time that running statements have to end when the server stops"),
  ACCESS_LOG(
      new ValueType.Bool(), "BOOLEAN", "false", "whether each request is a line on standard error");

  private static final String ENVIRONMENT = "KADB_SERVER_";

  private final ValueType type;
  private final String label;
  private final @Nullable String defaultValue;
  private final String description;

  ServerOption(ValueType type, String label, @Nullable String defaultValue, String description) {
    this.type = type;
    this.label = label;
    this.defaultValue = defaultValue;
    this.description = description;
  }

  private static ValueType text() {
    return new ValueType.Text(1);
  }

  private static ValueType range(long min, long max) {
    return new ValueType.Range(min, max);
  }

  /** Returns the name as the command line and the configuration file write it. */
  public String optionName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the name of the environment's variable. */
  public String variable() {
    return ENVIRONMENT + name();
  }

  /** Returns what help texts call the value. */
  public String label() {
    return label;
  }

  /** Returns one line that says what the option does. */
  public String description() {
    return description;
  }

  /** Returns the value where none is given. */
  public Optional<String> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  /** Returns whether a value is allowed. */
  boolean accepts(String value) {
    return type.accepts(value);
  }

  /** Returns what a value must be. */
  String wanted() {
    return type.wanted();
  }

  /** Returns the option of a name; empty if there is none. */
  static Optional<ServerOption> named(String name) {
    return Arrays.stream(values()).filter(o -> o.optionName().equals(name)).findFirst();
  }
}
