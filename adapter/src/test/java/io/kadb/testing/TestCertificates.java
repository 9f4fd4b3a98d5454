package io.kadb.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Certificates for tests, made once in a JVM with the JDK's own keytool: an authority, a broker and
 * a client it vouches for, and a second authority with a client that the broker does not know.
 */
public final class TestCertificates {
  /** The password of every store and of every encrypted key. */
  public static final String PASSWORD = "certificate-secret";

  /** How keys of today's openssl are encrypted, by Java's name. */
  private static final String KEY_ENCRYPTION = "PBEWithHmacSHA256AndAES_256";

  private static final String CA = "ca";
  private static final String BROKER = "broker";

  private final Path folder;
  private final KeyStore all;

  private static final class Made {
    static final TestCertificates CERTIFICATES = make();
  }

  /** Who a certificate may be of. */
  public enum Holder {
    /** Signed by the authority that brokers trust. */
    CLIENT,
    /** Signed by another authority. */
    STRANGER;

    private String alias() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private TestCertificates(Path folder, KeyStore all) {
    this.folder = folder;
    this.all = all;
  }

  /** The certificates of this JVM. */
  public static TestCertificates made() {
    return Made.CERTIFICATES;
  }

  private static TestCertificates make() {
    try {
      Path folder = TemporaryFolder.untilExit("kadb-certificates-");
      Path store = folder.resolve("all.p12");
      // The name "localhost" is left out on purpose: the broker is 127.0.0.1 and nothing else.
      keytool(store, CA, "EC", "-ext", "bc:c");
      keytool(store, BROKER, "EC", "-signer", CA, "-ext", "SAN=ip:127.0.0.1");
      keytool(store, Holder.CLIENT.alias(), "RSA", "-signer", CA);
      keytool(store, "other-ca", "EC", "-ext", "bc:c");
      keytool(store, Holder.STRANGER.alias(), "EC", "-signer", "other-ca");
      return new TestCertificates(folder, load(store));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void keytool(Path store, String alias, String algorithm, String... more)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-genkeypair", "-alias", alias));
    command.addAll(List.of("-keyalg", algorithm, "-dname", "CN=" + alias, "-validity", "2"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream output = process.getInputStream()) {
      process.getOutputStream().close();
      String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("keytool: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while keytool ran", e);
    }
  }

  private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  /** The broker's certificate and key in PKCS #12. */
  public Path brokerStore() {
    return keyStore(BROKER, "PKCS12");
  }

  /** The certificate of the authority, as PEM. */
  public Path authority() {
    return chain(CA);
  }

  /** The certificate of an authority that vouches for nobody a test meets, as PEM. */
  public Path otherAuthority() {
    return chain("other-ca");
  }

  /**
   * The certificate of the authority in a store.
   *
   * @param type {@code PKCS12} or {@code JKS}
   */
  public Path trustStore(String type) {
    return file(
        "trust." + type.toLowerCase(Locale.ROOT),
        file -> store(file, type, store -> store.setCertificateEntry(CA, all.getCertificate(CA))));
  }

  /** The certificate of a client with those who vouch for it, as PEM. */
  public Path certificate(Holder holder) {
    return chain(holder.alias());
  }

  /** The private key of a client, as PEM in PKCS #8. */
  public Path key(Holder holder) {
    return file(
        holder.alias() + ".key",
        file -> Files.writeString(file, pem("PRIVATE KEY", key(holder.alias()).getEncoded())));
  }

  /** The private key of a client, encrypted with {@link #PASSWORD}. */
  public Path encryptedKey(Holder holder) {
    return file(
        holder.alias() + "-encrypted.key",
        file ->
            Files.writeString(
                file, pem("ENCRYPTED PRIVATE KEY", encrypted(key(holder.alias()).getEncoded()))));
  }

  /**
   * The certificate and the key of a client in a store.
   *
   * @param type {@code PKCS12} or {@code JKS}
   */
  public Path keyStore(Holder holder, String type) {
    return keyStore(holder.alias(), type);
  }

  private Path keyStore(String alias, String type) {
    return file(
        alias + "." + type.toLowerCase(Locale.ROOT),
        file ->
            store(
                file,
                type,
                store ->
                    store.setKeyEntry(
                        alias,
                        key(alias),
                        PASSWORD.toCharArray(),
                        all.getCertificateChain(alias))));
  }

  private Path chain(String alias) {
    return file(
        alias + ".pem",
        file -> {
          StringBuilder text = new StringBuilder();
          for (Certificate certificate : all.getCertificateChain(alias)) {
            text.append(pem("CERTIFICATE", certificate.getEncoded()));
          }
          Files.writeString(file, text);
        });
  }

  private Key key(String alias) throws GeneralSecurityException {
    return all.getKey(alias, PASSWORD.toCharArray());
  }

  private static byte[] encrypted(byte[] key) throws IOException, GeneralSecurityException {
    SecretKey secret =
        SecretKeyFactory.getInstance(KEY_ENCRYPTION)
            .generateSecret(new PBEKeySpec(PASSWORD.toCharArray()));
    Cipher cipher = Cipher.getInstance(KEY_ENCRYPTION);
    cipher.init(Cipher.ENCRYPT_MODE, secret);
    // The key's form names the family; its member is in the parameters.
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
    parameters.init(cipher.getParameters().getEncoded());
    return new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(key)).getEncoded();
  }

  private static String pem(String type, byte[] content) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
  }

  private static void store(Path file, String type, Filling filling)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    filling.fill(store);
    try (var out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
  }

  /** A file of the folder, made when it is asked for the first time. */
  private synchronized Path file(String name, Writing writing) {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      try {
        writing.write(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
    return file;
  }

  private interface Writing {
    void write(Path file) throws IOException, GeneralSecurityException;
  }

  private interface Filling {
    void fill(KeyStore store) throws GeneralSecurityException;
  }
}
