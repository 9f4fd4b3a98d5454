package io.kadb.server.remote.http;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.server.remote.config.ServerOption;
import io.kadb.server.remote.config.ServerSettings;
import io.kadb.tls.EncryptedKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** The server's TLS: its own certificate, and those it wants to see. */
final class ServerTls {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN (ENCRYPTED )?PRIVATE KEY-----(.*?)-----END", Pattern.DOTALL);
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

  private ServerTls() {}

  /** Returns what TLS takes; empty if the configuration wants none. */
  static Optional<SslContextFactory.Server> of(ServerSettings settings) {
    Optional<Path> certificate = settings.file(ServerOption.TLS_CERTIFICATE);
    Optional<Path> store = settings.file(ServerOption.TLS_KEYSTORE);
    Optional<Path> authorities = settings.file(ServerOption.TLS_CLIENT_CA);
    if (certificate.isEmpty() && store.isEmpty()) {
      if (authorities.isPresent()) {
        throw wrong("tls-client-ca needs tls-certificate and tls-key, or tls-keystore", null);
      }
      return Optional.empty();
    }
    String password = settings.secret(ServerOption.TLS_PASSWORD_FILE).orElse("");
    try {
      SslContextFactory.Server tls = new SslContextFactory.Server();
      tls.setKeyStore(
          store.isPresent()
              ? keyStore(store.get(), password)
              : keyStore(certificate.orElseThrow(), key(settings, password), password));
      tls.setKeyStorePassword(password);
      if (authorities.isPresent()) {
        tls.setTrustStore(trustStore(authorities.get()));
        tls.setNeedClientAuth(true);
      }
      return Optional.of(tls);
    } catch (GeneralSecurityException | IOException e) {
      throw wrong("keys or certificates of TLS cannot be read: " + e.getMessage(), e);
    }
  }

  private static PrivateKey key(ServerSettings settings, String password)
      throws GeneralSecurityException, IOException {
    Path file =
        settings
            .file(ServerOption.TLS_KEY)
            .orElseThrow(() -> wrong("tls-certificate needs tls-key", null));
    Matcher pem = KEY.matcher(Files.readString(file));
    if (!pem.find()) {
      throw wrong("tls-key: " + file + " holds no private key in PKCS #8 form", null);
    }
    byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
    PKCS8EncodedKeySpec spec =
        pem.group(1) == null ? new PKCS8EncodedKeySpec(der) : EncryptedKey.decrypted(der, password);
    return key(spec);
  }

  private static PrivateKey key(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        // A key of another kind.
      }
    }
    throw wrong("tls-key: a key of one of " + ALGORITHMS + " is wanted", null);
  }

  private static KeyStore keyStore(Path file, String password)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password.toCharArray());
    }
    return store;
  }

  private static KeyStore keyStore(Path certificates, PrivateKey key, String password)
      throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    store.setKeyEntry("kadb", key, password.toCharArray(), certificates(certificates));
    return store;
  }

  private static KeyStore trustStore(Path authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    Certificate[] certificates = certificates(authorities);
    for (int i = 0; i < certificates.length; i++) {
      store.setCertificateEntry("ca" + i, certificates[i]);
    }
    return store;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Certificate[] certificates(Path file)
      throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(in)
          .toArray(Certificate[]::new);
    }
  }

  private static KadbException wrong(String what, @Nullable Exception cause) {
    return new KadbException(ErrorCode.BAD_OPTION_VALUE, what, cause);
  }
}
