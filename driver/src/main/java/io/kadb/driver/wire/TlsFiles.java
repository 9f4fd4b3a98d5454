package io.kadb.driver.wire;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The files that TLS takes certificates and keys from: PEM files or key stores. What is not named
 * is the JDK's default.
 */
public final class TlsFiles {
  private @Nullable KeyStore trusted;
  private @Nullable KeyStore own;
  private char[] ownPassword = new char[0];

  /** Trusts the certificates of a PEM file, and no others. */
  public void trustPem(String file) throws SQLException {
    trusted =
        read(
            file,
            () -> {
              KeyStore store = emptyStore();
              int number = 0;
              for (Certificate certificate : certificates(file)) {
                store.setCertificateEntry("ca" + number++, certificate);
              }
              return store;
            });
  }

  /** Trusts the certificates of a key store, and no others. */
  public void trustStore(String file, String password) throws SQLException {
    trusted = read(file, () -> store(file, password));
  }

  /** Shows a certificate, with those that signed it, and its key, both PEM. */
  public void ownPem(String certificateFile, String keyFile, String keyPassword)
      throws SQLException {
    Certificate[] chain =
        read(certificateFile, () -> certificates(certificateFile).toArray(new Certificate[0]));
    own =
        read(
            keyFile,
            () -> {
              PrivateKey key = PemKey.read(Files.readAllBytes(Paths.get(keyFile)), keyPassword);
              KeyStore store = emptyStore();
              store.setKeyEntry("own", key, ownPassword, chain);
              return store;
            });
  }

  /** Shows the certificate of a key store. */
  public void ownStore(String file, String password) throws SQLException {
    own = read(file, () -> store(file, password));
    ownPassword = password.toCharArray();
  }

  /** Returns what makes sockets with these certificates and keys. */
  public SSLSocketFactory socketFactory() throws SQLException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(), trustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw SqlExceptions.of("TLS cannot be set up: " + e.getMessage(), States.CANNOT_CONNECT, e);
    }
  }

  private KeyManager @Nullable [] keyManagers() throws GeneralSecurityException {
    if (own == null) {
      return null;
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(own, ownPassword);
    return factory.getKeyManagers();
  }

  private TrustManager @Nullable [] trustManagers() throws GeneralSecurityException {
    if (trusted == null) {
      return null;
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory.getTrustManagers();
  }

  private static Collection<? extends Certificate> certificates(String file)
      throws IOException, GeneralSecurityException {
    byte[] pem = Files.readAllBytes(Paths.get(file));
    Collection<? extends Certificate> certificates =
        CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
    if (certificates.isEmpty()) {
      throw new IOException("found no certificate");
    }
    return certificates;
  }

  private static KeyStore store(String file, String password)
      throws IOException, GeneralSecurityException {
    String name = file.toLowerCase(Locale.ROOT);
    KeyStore store = KeyStore.getInstance(name.endsWith(".jks") ? "JKS" : "PKCS12");
    try (InputStream in = Files.newInputStream(Paths.get(file))) {
      store.load(in, password.toCharArray());
    }
    return store;
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** Something read from a file. */
  @FunctionalInterface
  private interface Reading<T> {
    T read() throws IOException, GeneralSecurityException;
  }

  private static <T> T read(String file, Reading<T> reading) throws SQLException {
    try {
      return reading.read();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw SqlExceptions.of(
          "file " + file + " cannot be used for TLS: " + e.getMessage(),
          States.BAD_OPTION_VALUE,
          e);
    }
  }
}
