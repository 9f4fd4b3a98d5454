package io.kadb.driver.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemKeyTest {
  private static final String PASSWORD = "right-secret";
  private static final String WRONG = "wrong-secret";

  private static Key key(String algorithm) throws GeneralSecurityException {
    return KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
  }

  private static byte[] pem(String type, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return ("Bag Attributes\n-----BEGIN "
            + type
            + "-----\n"
            + text
            + "\n-----END "
            + type
            + "-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns a key as openssl encrypts it, but with one round, so that tests are quick. */
  private static byte[] encrypted(Key key, String cipherName, String form)
      throws GeneralSecurityException, IOException {
    byte[] salt = new byte[8];
    PBEParameterSpec rounds =
        form.equals("PBES2")
            ? new PBEParameterSpec(salt, 1, new IvParameterSpec(new byte[16]))
            : new PBEParameterSpec(salt, 1);
    Cipher cipher = Cipher.getInstance(cipherName);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(cipherName)
            .generateSecret(new PBEKeySpec(PASSWORD.toCharArray())),
        rounds);
    AlgorithmParameters parameters = AlgorithmParameters.getInstance(form);
    parameters.init(cipher.getParameters().getEncoded());
    byte[] der =
        new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(key.getEncoded())).getEncoded();
    return pem("ENCRYPTED PRIVATE KEY", der);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519", "DSA"})
  void readsKeysOfTheKindsThatCertificatesHave(String algorithm) throws Exception {
    Key key = key(algorithm);

    assertThat(PemKey.read(pem("PRIVATE KEY", key.getEncoded()), "")).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({
    "PBEWithHmacSHA256AndAES_256, PBES2",
    "PBEWithHmacSHA256AndAES_128, PBES2",
    "PBEWithHmacSHA1AndAES_128, PBES2",
    "PBEWithSHA1AndDESede, PBEWithSHA1AndDESede",
    "PBEWithMD5AndDES, PBEWithMD5AndDES"
  })
  void readsEncryptedKeys(String cipher, String form) throws Exception {
    Key key = key("EC");

    assertThat(PemKey.read(encrypted(key, cipher, form), PASSWORD)).isEqualTo(key);
  }

  @Test
  void noWrongPasswordIsTakenForAnythingElse() throws Exception {
    byte[] pem = encrypted(key("EC"), "PBEWithHmacSHA256AndAES_256", "PBES2");
    // One in 256 or so leaves a padding that looks right, and then no key.
    for (int i = 0; i < 2_000; i++) {
      String wrong = WRONG + i;
      assertThatThrownBy(() -> PemKey.read(pem, wrong))
          .hasMessage("sslKeyPassword does not fit the key");
    }
  }

  @Test
  void noErrorShowsThePassword() throws Exception {
    byte[] pem = encrypted(key("EC"), "PBEWithHmacSHA256AndAES_256", "PBES2");
    assertThatThrownBy(() -> PemKey.read(pem, WRONG))
        .satisfies(
            e -> {
              for (Throwable t = e; t != null; t = t.getCause()) {
                assertThat(t.toString()).doesNotContain(WRONG);
              }
            });
    assertThatThrownBy(() -> PemKey.read(pem, ""))
        .hasMessage("the key is encrypted and sslKeyPassword is not given");
  }

  @Test
  void saysWhatAFileHoldsInstead() {
    byte[] nothing = "nothing".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> PemKey.read(nothing, "")).hasMessageContaining("BEGIN PRIVATE KEY");
    assertThatThrownBy(() -> PemKey.read(pem("RSA PRIVATE KEY", nothing), ""))
        .hasMessageContaining("RSA", "pkcs8");
    assertThatThrownBy(() -> PemKey.read(pem("PRIVATE KEY", nothing), ""))
        .hasMessageContaining("unknown algorithm");
    assertThatThrownBy(() -> PemKey.read(pem("ENCRYPTED PRIVATE KEY", nothing), PASSWORD))
        .isInstanceOf(IOException.class);
  }
}
