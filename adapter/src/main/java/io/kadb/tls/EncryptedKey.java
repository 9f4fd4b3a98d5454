package io.kadb.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A private key behind a password: PKCS #8's EncryptedPrivateKeyInfo (RFC 5958), also in the form
 * PBES2 that today's openssl writes.
 */
public final class EncryptedKey {
  private static final String PBES2_OID = "1.2.840.113549.1.5.13";

  private EncryptedKey() {}

  /**
   * Returns the key.
   *
   * @param encrypted the key as DER
   * @param password its password
   * @throws GeneralSecurityException if the password is not the key's, or Java does not know the
   *     cipher
   * @throws IOException if the bytes are no such key
   */
  public static PKCS8EncodedKeySpec decrypted(byte[] encrypted, String password)
      throws GeneralSecurityException, IOException {
    EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
    String algorithm = algorithm(info);
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray());
    try {
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(algorithm).generateSecret(spec),
          info.getAlgParameters());
      return info.getKeySpec(cipher);
    } finally {
      spec.clearPassword();
    }
  }

  /** PBES2 is a family; Java names its member in the parameters. */
  private static String algorithm(EncryptedPrivateKeyInfo info) {
    String name = info.getAlgName();
    boolean family = name.equals("PBES2") || name.equals(PBES2_OID);
    return family ? info.getAlgParameters().toString() : name;
  }
}
