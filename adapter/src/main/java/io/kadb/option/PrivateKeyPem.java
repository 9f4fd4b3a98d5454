package io.kadb.option;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.tls.EncryptedKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A private key in PEM form, brought into the one form that the Java client always reads: PKCS #8
 * without a password.
 *
 * <p>The client's own way with encrypted keys fails on Java 17 for those that today's openssl
 * writes (PBES2), so they are decrypted here.
 */
final class PrivateKeyPem {
  private static final Pattern PLAIN = Pattern.compile("-----BEGIN PRIVATE KEY-----");
  private static final Pattern ENCRYPTED =
      Pattern.compile(
          "-----BEGIN ENCRYPTED PRIVATE KEY-----(.*?)-----END ENCRYPTED PRIVATE KEY-----",
          Pattern.DOTALL);

  private PrivateKeyPem() {}

  /**
   * Returns the key without a password.
   *
   * @param given where the key comes from, for errors
   * @param pem the key
   * @param password its password, if one was given
   */
  static String withoutPassword(Given given, String pem, Optional<Given> password) {
    Matcher encrypted = ENCRYPTED.matcher(pem);
    if (encrypted.find()) {
      Given needed = password.orElseThrow(PrivateKeyPem::noPassword);
      return decrypted(given, encrypted.group(1), needed.value());
    } else if (PLAIN.matcher(pem).find()) {
      return pem;
    }
    throw failure(given, "the private key is not in PKCS #8 form", null)
        .withHint(
            "openssl pkcs8 -topk8 -v2 aes-256-cbc -in old.key -out new.key (or with -nocrypt)");
  }

  private static String decrypted(Given given, String base64, String password) {
    try {
      byte[] key =
          EncryptedKey.decrypted(Base64.getMimeDecoder().decode(base64), password).getEncoded();
      String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
      return "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw failure(given, "the private key cannot be decrypted with #ssl.key.password", e)
          .withHint("openssl pkcs8 -topk8 -v2 aes-256-cbc writes keys that Java can read");
    }
  }

  private static KadbException noPassword() {
    return new KadbException(
            ErrorCode.MISSING_OPTION, "missing option #ssl.key.password, the key is encrypted")
        .withHint("ALTER SERVER … OPTIONS (ADD \"#ssl.key.password\" '…')");
  }

  private static KadbException failure(Given given, String what, @Nullable Exception cause) {
    return new KadbException(ErrorCode.BAD_OPTION_VALUE, given + ": " + what, cause);
  }
}
