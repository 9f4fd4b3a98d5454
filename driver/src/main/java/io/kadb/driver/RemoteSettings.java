package io.kadb.driver;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import io.kadb.driver.jdbc.ConnectionDescription;
import io.kadb.driver.jdbc.StatementDefaults;
import io.kadb.driver.wire.Connector;
import io.kadb.driver.wire.Endpoint;
import io.kadb.driver.wire.KerberosLogin;
import io.kadb.driver.wire.Login;
import io.kadb.driver.wire.Tls;
import io.kadb.driver.wire.TlsFiles;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a connection is opened with: the URL and the properties given besides it. The URL's come
 * first. Immutable.
 */
final class RemoteSettings {
  private static final int MILLIS_PER_SECOND = 1_000;

  private final RemoteUrl url;
  private final Map<RemoteProperty, String> own = new EnumMap<>(RemoteProperty.class);
  private final Map<String, String> servers = new LinkedHashMap<>();

  RemoteSettings(RemoteUrl url, @Nullable Properties besides) {
    this.url = url;
    if (besides != null) {
      besides.stringPropertyNames().forEach(name -> put(name, besides.getProperty(name)));
      besides.forEach(
          (name, value) -> {
            if (name instanceof String && !(value instanceof String)) {
              put((String) name, String.valueOf(value));
            }
          });
    }
    url.schema().ifPresent(schema -> own.put(RemoteProperty.SCHEMA, schema));
    url.properties().forEach(this::put);
  }

  private void put(String name, String value) {
    RemoteProperty property = RemoteProperty.named(name).orElse(null);
    if (property == null) {
      servers.put(name, value);
    } else {
      own.put(property, value);
    }
  }

  List<Endpoint> endpoints() {
    return url.endpoints();
  }

  /** Returns the value of a property, its default if it is not given. */
  String text(RemoteProperty property) {
    return own.getOrDefault(property, property.defaultValue());
  }

  /** Returns what the server is told. */
  Map<String, String> forServer() {
    Map<String, String> all = new LinkedHashMap<>(servers);
    if (!text(RemoteProperty.SCHEMA).isEmpty()) {
      all.put(RemoteProperty.SCHEMA.label(), text(RemoteProperty.SCHEMA));
    }
    return all;
  }

  StatementDefaults statementDefaults() throws SQLException {
    return new StatementDefaults(
        number(RemoteProperty.QUERY_TIMEOUT), number(RemoteProperty.FETCH_SIZE));
  }

  ConnectionDescription description() {
    StringBuilder plain = new StringBuilder(RemoteUrl.PREFIX);
    for (Endpoint endpoint : url.endpoints()) {
      plain.append(plain.length() == RemoteUrl.PREFIX.length() ? "" : ",").append(endpoint);
    }
    url.schema().ifPresent(schema -> plain.append('/').append(schema));
    return new ConnectionDescription(plain.toString(), text(RemoteProperty.USER));
  }

  /** Returns what opens sessions with these settings. */
  Connector connector() throws SQLException {
    int seconds =
        Math.min(number(RemoteProperty.CONNECT_TIMEOUT), Integer.MAX_VALUE / MILLIS_PER_SECOND);
    return new Connector(
        tls(), login(), seconds * MILLIS_PER_SECOND, number(RemoteProperty.NETWORK_TIMEOUT));
  }

  private Login login() throws SQLException {
    String way = text(RemoteProperty.AUTH);
    if (way.equalsIgnoreCase("kerberos")) {
      return new KerberosLogin(
          text(RemoteProperty.KERBEROS_SERVICE),
          text(RemoteProperty.KERBEROS_PRINCIPAL),
          text(RemoteProperty.KERBEROS_KEYTAB));
    }
    if (!way.equalsIgnoreCase("basic")) {
      throw bad(RemoteProperty.AUTH, "basic or kerberos");
    }
    String user = text(RemoteProperty.USER);
    return user.isEmpty() ? Login.none() : Login.basic(user, text(RemoteProperty.PASSWORD));
  }

  private Tls tls() throws SQLException {
    if (!usesTls()) {
      return Tls.off();
    }
    TlsFiles files = new TlsFiles();
    if (isGiven(RemoteProperty.SSL_CA)) {
      files.trustPem(text(RemoteProperty.SSL_CA));
    } else if (isGiven(RemoteProperty.SSL_TRUST_STORE)) {
      files.trustStore(
          text(RemoteProperty.SSL_TRUST_STORE), text(RemoteProperty.SSL_TRUST_STORE_PASSWORD));
    }
    if (isGiven(RemoteProperty.SSL_CERT) != isGiven(RemoteProperty.SSL_KEY)) {
      throw bad(RemoteProperty.SSL_CERT, "given together with sslKey");
    }
    if (isGiven(RemoteProperty.SSL_CERT)) {
      files.ownPem(
          text(RemoteProperty.SSL_CERT),
          text(RemoteProperty.SSL_KEY),
          text(RemoteProperty.SSL_KEY_PASSWORD));
    } else if (isGiven(RemoteProperty.SSL_KEY_STORE)) {
      files.ownStore(
          text(RemoteProperty.SSL_KEY_STORE), text(RemoteProperty.SSL_KEY_STORE_PASSWORD));
    }
    return Tls.on(files.socketFactory());
  }

  private boolean usesTls() throws SQLException {
    switch (text(RemoteProperty.SSL).toLowerCase(Locale.ROOT)) {
      case "true":
      case "on":
        return true;
      case "false":
      case "off":
        return false;
      case "":
        return own.keySet().stream().anyMatch(RemoteProperty::ofTls);
      default:
        throw bad(RemoteProperty.SSL, "true or false");
    }
  }

  private boolean isGiven(RemoteProperty property) {
    return !text(property).isEmpty();
  }

  private int number(RemoteProperty property) throws SQLException {
    try {
      int number = Integer.parseInt(text(property).trim());
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, like a number below zero.
    }
    throw bad(property, "an integer from 0");
  }

  private SQLException bad(RemoteProperty property, String wanted) {
    String found = property.secret() ? "the value" : SqlExceptions.shown(text(property));
    return SqlExceptions.of(
        "connection property " + property.label() + ": " + found + " is not " + wanted,
        States.BAD_OPTION_VALUE);
  }
}
