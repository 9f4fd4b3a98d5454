package io.kadb.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.security.AlgorithmParameters;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyPemTest {
  private static final Given KEY = new Given(Level.SERVER, "#ssl.key.location", "/client.key");
  private static final Optional<Given> PASSWORD = password("geheim");

  @ParameterizedTest
  @ValueSource(strings = {"PBEWithHmacSHA256AndAES_256", "PBEWithSHA1AndDESede"})
  void decryptsKeys(String algorithm) throws Exception {
    byte[] key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate().getEncoded();
    String plain = pem("PRIVATE KEY", key);
    String encrypted = pem("ENCRYPTED PRIVATE KEY", encrypt(algorithm, key));
    assertThat(PrivateKeyPem.withoutPassword(KEY, encrypted, PASSWORD)).isEqualTo(plain);
  }

  @Test
  void leavesKeysWithoutPasswordAlone() {
    String plain = pem("PRIVATE KEY", new byte[] {1, 2, 3});
    assertThat(PrivateKeyPem.withoutPassword(KEY, plain, Optional.empty())).isEqualTo(plain);
    assertThat(PrivateKeyPem.withoutPassword(KEY, plain, PASSWORD)).isEqualTo(plain);
  }

  @Test
  void saysThatThePasswordIsMissingOrWrong() throws Exception {
    byte[] key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate().getEncoded();
    String encrypted = pem("ENCRYPTED PRIVATE KEY", encrypt("PBEWithHmacSHA256AndAES_256", key));
    assertThatThrownBy(() -> PrivateKeyPem.withoutPassword(KEY, encrypted, Optional.empty()))
        .hasMessageContaining("missing option #ssl.key.password");
    assertThatThrownBy(() -> PrivateKeyPem.withoutPassword(KEY, encrypted, password("falsch")))
        .isInstanceOfSatisfying(
            KadbException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_OPTION_VALUE))
        .hasMessageContaining(
            "server option #ssl.key.location: the private key cannot be decrypted")
        .hasMessageNotContaining("falsch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA PRIVATE KEY", "EC PRIVATE KEY", "CERTIFICATE"})
  void refusesOtherForms(String type) {
    assertThatThrownBy(
            () -> PrivateKeyPem.withoutPassword(KEY, pem(type, new byte[] {1}), PASSWORD))
        .hasMessageContainingAll("not in PKCS #8 form", "openssl pkcs8");
  }

  private static Optional<Given> password(String text) {
    return Optional.of(new Given(Level.SERVER, "#ssl.key.password", text));
  }

  private static byte[] encrypt(String algorithm, byte[] key) throws Exception {
    SecretKey secret =
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec("geheim".toCharArray()));
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(Cipher.ENCRYPT_MODE, secret);
    String family = algorithm.contains("Hmac") ? "PBES2" : algorithm;
    AlgorithmParameters parameters = AlgorithmParameters.getInstance(family);
    parameters.init(cipher.getParameters().getEncoded());
    return new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(key)).getEncoded();
  }

  private static String pem(String type, byte[] content) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
  }
}
