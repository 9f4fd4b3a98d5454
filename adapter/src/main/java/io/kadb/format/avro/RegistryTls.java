package io.kadb.format.avro;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.FormatOptions;
import io.kadb.tls.EncryptedKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The certificates for a registry behind https: PEM files, read when a connection is made.
 *
 * @param authorities who vouches for the registry; empty for whom Java trusts
 * @param certificate what kadb shows
 * @param key the certificate's private key, PKCS #8
 * @param keyPassword the key's password, if it is encrypted
 */
record RegistryTls(
    Optional<String> authorities,
    Optional<String> certificate,
    Optional<String> key,
    Optional<String> keyPassword) {
  private static final String CA = "schema_registry_ssl_ca_location";
  private static final String CERTIFICATE = "schema_registry_ssl_certificate_location";
  private static final String KEY = "schema_registry_ssl_key_location";
  private static final String KEY_PASSWORD = "schema_registry_ssl_key_password";

  private static final Pattern KEY_TEXT =
      Pattern.compile(
          "-----BEGIN (ENCRYPTED )?PRIVATE KEY-----(.*?)-----END (?:ENCRYPTED )?PRIVATE KEY-----",
          Pattern.DOTALL);

  static RegistryTls of(FormatOptions options) {
    RegistryTls tls =
        new RegistryTls(
            options.text(CA),
            options.text(CERTIFICATE),
            options.text(KEY),
            options.text(KEY_PASSWORD));
    if (tls.certificate.isPresent() != tls.key.isPresent()) {
      String missing = tls.key.isPresent() ? CERTIFICATE : KEY;
      throw new KadbException(
          ErrorCode.MISSING_OPTION,
          "missing option " + missing + ": certificate and key go together");
    }
    return tls;
  }

  /**
   * Returns what connections are made with.
   *
   * @throws KadbException HV024 for a file that cannot be read
   */
  SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManagerFactory keys = null;
      if (certificate.isPresent()) {
        keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(identity(), new char[0]);
      }
      TrustManagerFactory trust = null;
      if (authorities.isPresent()) {
        trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted(authorities.get()));
      }
      context.init(
          keys == null ? null : keys.getKeyManagers(),
          trust == null ? null : trust.getTrustManagers(),
          null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw failure(CERTIFICATE, "the certificate does not suit the key", e);
    }
  }

  private KeyStore identity() throws GeneralSecurityException, IOException {
    Certificate[] chain =
        certificates(CERTIFICATE, certificate.orElseThrow()).toArray(Certificate[]::new);
    KeyStore store = empty();
    store.setKeyEntry("key", privateKey(), new char[0], chain);
    return store;
  }

  private static KeyStore trusted(String file) throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    int number = 0;
    for (Certificate authority : certificates(CA, file)) {
      store.setCertificateEntry("ca" + number++, authority);
    }
    return store;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static List<Certificate> certificates(String option, String file)
      throws GeneralSecurityException {
    byte[] pem = read(option, file).getBytes(StandardCharsets.ISO_8859_1);
    try {
      List<Certificate> found =
          List.copyOf(
              CertificateFactory.getInstance("X.509")
                  .generateCertificates(new ByteArrayInputStream(pem)));
      if (!found.isEmpty()) {
        return found;
      }
    } catch (CertificateException e) {
      throw failure(option, "the file holds no certificates in PEM form", e);
    }
    throw failure(option, "the file holds no certificates in PEM form", null);
  }

  private PrivateKey privateKey() throws GeneralSecurityException {
    Matcher text = KEY_TEXT.matcher(read(KEY, key.orElseThrow()));
    if (!text.find()) {
      throw failure(KEY, "the private key is not in PKCS #8 form", null)
          .withHint("openssl pkcs8 -topk8 -nocrypt -in old.key -out new.key");
    }
    PKCS8EncodedKeySpec spec;
    try {
      byte[] content = Base64.getMimeDecoder().decode(text.group(2));
      spec = text.group(1) == null ? new PKCS8EncodedKeySpec(content) : decrypted(content);
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw failure(KEY, "the private key cannot be decrypted with " + KEY_PASSWORD, e);
    }
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        // A key of another algorithm.
      }
    }
    throw failure(KEY, "the private key is neither RSA, EC nor EdDSA", null);
  }

  private PKCS8EncodedKeySpec decrypted(byte[] content)
      throws GeneralSecurityException, IOException {
    String password =
        keyPassword.orElseThrow(
            () ->
                new KadbException(
                    ErrorCode.MISSING_OPTION,
                    "missing option " + KEY_PASSWORD + ", the key is encrypted"));
    return EncryptedKey.decrypted(content, password);
  }

  private static String read(String option, String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
    } catch (IOException | InvalidPathException e) {
      throw failure(option, "the file " + KadbException.shown(file) + " cannot be read", e);
    }
  }

  private static KadbException failure(String option, String what, @Nullable Exception cause) {
    return new KadbException(ErrorCode.BAD_OPTION_VALUE, "option " + option + ": " + what, cause);
  }

  /** Hides the password. */
  @Override
  public String toString() {
    return "tls";
  }
}
