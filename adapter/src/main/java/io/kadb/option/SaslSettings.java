package io.kadb.option;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the Java client's login configuration together from a user name and password, from a keytab
 * and a principal, or from where tokens come from. A {@code sasl.jaas.config} of the user's own
 * stays, unless what it would be put together from stands nearer to the table.
 */
final class SaslSettings {
  private static final String JAAS = "sasl.jaas.config";
  private static final String SERVICE_NAME = "sasl.kerberos.service.name";
  private static final String PLAIN_MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule";
  private static final String SCRAM_MODULE =
      "org.apache.kafka.common.security.scram.ScramLoginModule";
  private static final String KERBEROS_MODULE = "com.sun.security.auth.module.Krb5LoginModule";
  private static final String TOKEN_MODULE =
      "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";
  private static final String TOKEN_LOGIN = "sasl.login.callback.handler.class";
  private static final String TOKEN_LOGIN_FROM_ENDPOINT =
      "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler";
  private static final String TOKEN_ENDPOINT = "sasl.oauthbearer.token.endpoint.url";
  private static final String JVM_LOGIN_CONFIGURATION = "java.security.auth.login.config";

  private final Map<String, Given> given;

  SaslSettings(Map<String, Given> given) {
    this.given = given;
  }

  /** Adds the login configuration if the protocol asks for one. */
  void addTo(Map<String, String> values) {
    if (!values.getOrDefault("security.protocol", "").startsWith("SASL_")) {
      return;
    }
    String mechanism = values.getOrDefault("sasl.mechanism", "GSSAPI");
    switch (mechanism) {
      case "PLAIN" -> addPasswordLogin(values, mechanism, PLAIN_MODULE);
      case "SCRAM-SHA-256", "SCRAM-SHA-512" -> addPasswordLogin(values, mechanism, SCRAM_MODULE);
      case "GSSAPI" -> addKerberosLogin(values);
      case "OAUTHBEARER" -> addTokenLogin(values);
      default -> checkOwnLogin(mechanism);
    }
  }

  /** Whoever brings a mechanism that is not known brings its login, too. */
  private void checkOwnLogin(String mechanism) {
    Given written = given.get("sasl.mechanism");
    if (given.keySet().stream().noneMatch(SaslMechanisms::isOwnLoginProperty)) {
      throw new KadbException(
          ErrorCode.BAD_OPTION_VALUE, written + ": " + SaslMechanisms.unknown(mechanism));
    }
  }

  private void addPasswordLogin(Map<String, String> values, String mechanism, String module) {
    if (Nearness.firstIsNearer(given, List.of(JAAS), List.of("sasl.username", "sasl.password"))) {
      return;
    }
    String name = needed("sasl.username", mechanism);
    String password = needed("sasl.password", mechanism);
    values.put(
        JAAS,
        module + " required username=" + quoted(name) + " password=" + quoted(password) + ";");
  }

  private String needed(String name, String mechanism) {
    Given value = given.get(name);
    if (value == null) {
      throw new KadbException(
              ErrorCode.MISSING_OPTION,
              "missing option #" + name + " for SASL mechanism " + mechanism)
          .withHint("ALTER SERVER … OPTIONS (ADD \"#" + name + "\" '…')");
    }
    return value.value();
  }

  /** A token from the endpoint; for anything else the Java client's own settings are needed. */
  private void addTokenLogin(Map<String, String> values) {
    if (given.containsKey(JAAS)) {
      return;
    }
    values.put(JAAS, TOKEN_MODULE + " required;");
    if (!values.containsKey(TOKEN_LOGIN)) {
      needed(TOKEN_ENDPOINT, "OAUTHBEARER");
      values.put(TOKEN_LOGIN, TOKEN_LOGIN_FROM_ENDPOINT);
    }
  }

  private void addKerberosLogin(Map<String, String> values) {
    values.putIfAbsent(SERVICE_NAME, "kafka");
    if (given.containsKey("sasl.username") && !values.containsKey("sasl.mechanism")) {
      throw new KadbException(
              ErrorCode.MISSING_OPTION,
              "missing option #sasl.mechanisms: with a user name and no mechanism it would be"
                  + " Kerberos")
          .withHint("ALTER SERVER … OPTIONS (ADD \"#sasl.mechanisms\" 'SCRAM-SHA-512')");
    }
    List<String> own = List.of("sasl.kerberos.keytab", "sasl.kerberos.principal");
    if (Nearness.firstIsNearer(given, List.of(JAAS), own)) {
      return;
    }
    Optional<String> keytab = readable("sasl.kerberos.keytab");
    Optional<String> principal = value("sasl.kerberos.principal");
    if (keytab.isEmpty()
        && principal.isEmpty()
        && System.getProperty(JVM_LOGIN_CONFIGURATION) != null) {
      return;
    }
    values.put(JAAS, kerberosLogin(keytab, principal));
  }

  private String kerberosLogin(Optional<String> keytab, Optional<String> principal) {
    List<String> parts = new ArrayList<>();
    parts.add(KERBEROS_MODULE + " required doNotPrompt=true");
    if (keytab.isPresent()) {
      needed("sasl.kerberos.principal", "GSSAPI");
      parts.add("useKeyTab=true storeKey=true keyTab=" + quoted(keytab.get()));
    } else {
      parts.add("useTicketCache=true");
    }
    principal.ifPresent(p -> parts.add("principal=" + quoted(p)));
    return String.join(" ", parts) + ";";
  }

  /** Returns the name of a file; without this check the login would only miss a password. */
  private Optional<String> readable(String name) {
    Given file = given.get(name);
    if (file != null && !isReadable(file.value())) {
      throw new KadbException(
          ErrorCode.BAD_OPTION_VALUE, file + ": cannot read " + KadbException.shown(file.value()));
    }
    return value(name);
  }

  private static boolean isReadable(String file) {
    // Kerberos knows files under this prefix, too.
    String path = file.startsWith("FILE:") ? file.substring("FILE:".length()) : file;
    try {
      return Files.isReadable(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(given.get(name)).map(Given::value);
  }

  /** Quotes a value for a login configuration; its reader knows the escapes of Java's strings. */
  private static String quoted(String value) {
    StringBuilder text = new StringBuilder("\"");
    for (char c : value.toCharArray()) {
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append(String.format(Locale.ROOT, "\\%03o", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.append('"').toString();
  }
}
