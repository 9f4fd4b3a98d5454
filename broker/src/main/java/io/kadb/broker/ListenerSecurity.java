package io.kadb.broker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the listener {@code CLIENT} asks of its clients: encryption, certificates, logins. All other
 * listeners stay plain, so that one may set the stage without a login.
 *
 * @param keyStore the broker's certificate and key (PKCS #12); with it the listener speaks TLS
 * @param clientAuthorities who vouches for clients (PKCS #12); with it each client has to show a
 *     certificate
 * @param scramLogins who may come with SCRAM-SHA-256 or SCRAM-SHA-512
 * @param plainLogins who may come with PLAIN
 * @param kerberos the service that clients ask a ticket for; with it they may come with GSSAPI
 * @param tokens which tokens of OAUTHBEARER are taken
 */
public record ListenerSecurity(
    Optional<StoreFile> keyStore,
    Optional<StoreFile> clientAuthorities,
    List<Login> scramLogins,
    List<Login> plainLogins,
    Optional<KerberosService> kerberos,
    Tokens tokens) {
  private static final String PREFIX = "listener.name.client.";
  private static final List<String> SCRAM = List.of("SCRAM-SHA-256", "SCRAM-SHA-512");
  private static final String MODULES = "org.apache.kafka.common.security.";

  public ListenerSecurity {
    Objects.requireNonNull(kerberos);
    Objects.requireNonNull(tokens);
    scramLogins = List.copyOf(scramLogins);
    plainLogins = List.copyOf(plainLogins);
    if (clientAuthorities.isPresent() && keyStore.isEmpty()) {
      throw new IllegalArgumentException(
          "clientAuthorities: found some without a keyStore, wanted both");
    }
  }

  /** A store of certificates and its password, which is also that of its keys. */
  public record StoreFile(Path file, String password) {}

  /** A user name and its password. */
  public record Login(String userName, String password) {
    private String scramArgument(String mechanism) {
      return mechanism + "=[name=" + userName + ",password=" + password + "]";
    }
  }

  /**
   * A Kerberos service.
   *
   * @param principal its name, {@code kafka/host@REALM}
   * @param keytab the file with its key
   * @param configuration the {@code krb5.conf} for the broker's JVM
   */
  public record KerberosService(String principal, Path keytab, Path configuration) {
    private String serviceName() {
      return principal.substring(0, principal.indexOf('/'));
    }
  }

  /** What a client may show for OAUTHBEARER. */
  public enum Tokens {
    /** None: the mechanism is not offered. */
    NONE,
    /** A token that nobody signed; its subject is the user. */
    UNSIGNED
  }

  /** Nothing is asked: the protocol is PLAINTEXT. */
  public static ListenerSecurity none() {
    return new ListenerSecurity(
        Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.empty(), Tokens.NONE);
  }

  /** This with TLS: the broker shows the certificate in this store. */
  public ListenerSecurity withTls(Path keyStoreFile, String password) {
    return new ListenerSecurity(
        Optional.of(new StoreFile(keyStoreFile, password)),
        clientAuthorities,
        scramLogins,
        plainLogins,
        kerberos,
        tokens);
  }

  /** This with certificates of clients, which somebody in this store has to vouch for. */
  public ListenerSecurity withClientCertificates(Path trustStoreFile, String password) {
    return new ListenerSecurity(
        keyStore,
        Optional.of(new StoreFile(trustStoreFile, password)),
        scramLogins,
        plainLogins,
        kerberos,
        tokens);
  }

  /**
   * This with one more user of SCRAM. A broker learns of them when its data directory is new.
   *
   * @param password without comma and square brackets
   */
  public ListenerSecurity withScramLogin(String userName, String password) {
    return new ListenerSecurity(
        keyStore,
        clientAuthorities,
        and(scramLogins, userName, password),
        plainLogins,
        kerberos,
        tokens);
  }

  /** This with one more user of PLAIN. */
  public ListenerSecurity withPlainLogin(String userName, String password) {
    return new ListenerSecurity(
        keyStore,
        clientAuthorities,
        scramLogins,
        and(plainLogins, userName, password),
        kerberos,
        tokens);
  }

  /** This with Kerberos. */
  public ListenerSecurity withKerberos(KerberosService service) {
    return new ListenerSecurity(
        keyStore, clientAuthorities, scramLogins, plainLogins, Optional.of(service), tokens);
  }

  /** This with tokens that nobody signed. */
  public ListenerSecurity withUnsignedTokens() {
    return new ListenerSecurity(
        keyStore, clientAuthorities, scramLogins, plainLogins, kerberos, Tokens.UNSIGNED);
  }

  private static List<Login> and(List<Login> logins, String userName, String password) {
    List<Login> more = new ArrayList<>(logins);
    more.add(new Login(userName, password));
    return more;
  }

  /** The protocol by Kafka's name, {@code SASL_SSL} for example. */
  public String protocol() {
    String transport = keyStore.isPresent() ? "SSL" : "PLAINTEXT";
    return mechanisms().isEmpty() ? transport : "SASL_" + transport;
  }

  /** The broker's settings for the listener. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    keyStore.ifPresent(store -> addStore(settings, "ssl.keystore.", store));
    keyStore.ifPresent(store -> settings.put("ssl.key.password", store.password()));
    clientAuthorities.ifPresent(store -> addStore(settings, "ssl.truststore.", store));
    clientAuthorities.ifPresent(store -> settings.put("ssl.client.auth", "required"));
    if (!mechanisms().isEmpty()) {
      settings.put("sasl.enabled.mechanisms", String.join(",", mechanisms().keySet()));
      mechanisms()
          .forEach(
              (name, login) ->
                  settings.put(name.toLowerCase(Locale.ROOT) + ".sasl.jaas.config", login));
    }
    kerberos.ifPresent(
        service -> settings.put("sasl.kerberos.service.name", service.serviceName()));
    Map<String, String> ofListener = new LinkedHashMap<>();
    settings.forEach((name, value) -> ofListener.put(PREFIX + name, value));
    return ofListener;
  }

  /** What the formatting of a new data directory is told about users of SCRAM. */
  List<String> scramArguments() {
    return scramLogins.stream().flatMap(login -> SCRAM.stream().map(login::scramArgument)).toList();
  }

  /** What the broker's JVM has to be told. */
  List<String> jvmOptions() {
    return kerberos
        .map(service -> List.of("-Djava.security.krb5.conf=" + service.configuration()))
        .orElse(List.of());
  }

  private static void addStore(Map<String, String> settings, String prefix, StoreFile store) {
    settings.put(prefix + "type", "PKCS12");
    settings.put(prefix + "location", store.file().toString());
    settings.put(prefix + "password", store.password());
  }

  /** The broker's login configuration for each mechanism it offers. */
  private Map<String, String> mechanisms() {
    Map<String, String> logins = new LinkedHashMap<>();
    if (!scramLogins.isEmpty()) {
      // The users are in the broker's metadata.
      SCRAM.forEach(name -> logins.put(name, MODULES + "scram.ScramLoginModule required;"));
    }
    if (!plainLogins.isEmpty()) {
      logins.put(
          "PLAIN",
          plainLogins.stream()
              .map(login -> " user_" + login.userName() + "=" + quoted(login.password()))
              .collect(Collectors.joining("", MODULES + "plain.PlainLoginModule required", ";")));
    }
    kerberos.ifPresent(
        service ->
            logins.put(
                "GSSAPI",
                "com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true"
                    + " storeKey=true keyTab="
                    + quoted(service.keytab().toString())
                    + " principal="
                    + quoted(service.principal())
                    + ";"));
    if (tokens == Tokens.UNSIGNED) {
      logins.put(
          "OAUTHBEARER",
          MODULES
              + "oauthbearer.OAuthBearerLoginModule required"
              + " unsecuredLoginStringClaim_sub=\"broker\";");
    }
    return logins;
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
