package io.kadb.driver.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Reads private keys in PKCS#8, plain or encrypted, from PEM. */
final class PemKey {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----(.*?)-----END", Pattern.DOTALL);

  private static final String[] ALGORITHMS = {"RSA", "EC", "Ed25519", "DSA"};

  private PemKey() {}

  /** Reads the first key; the password is that of an encrypted one. */
  static PrivateKey read(byte[] pem, String password) throws IOException, GeneralSecurityException {
    Matcher found = KEY.matcher(new String(pem, StandardCharsets.US_ASCII));
    if (!found.find()) {
      throw new IOException("found no BEGIN PRIVATE KEY");
    }
    byte[] der = Base64.getMimeDecoder().decode(found.group(2));
    switch (found.group(1).trim()) {
      case "":
        return key(new PKCS8EncodedKeySpec(der));
      case "ENCRYPTED":
        return decrypted(new EncryptedPrivateKeyInfo(der), password);
      default:
        throw new IOException(
            "found a key of type "
                + found.group(1).trim()
                + ", wanted PKCS#8 (hint: openssl pkcs8 -topk8)");
    }
  }

  private static PrivateKey decrypted(EncryptedPrivateKeyInfo encrypted, String password)
      throws GeneralSecurityException {
    if (password.isEmpty()) {
      throw new GeneralSecurityException("the key is encrypted and sslKeyPassword is not given");
    }
    AlgorithmParameters parameters = encrypted.getAlgParameters();
    // With PBES2 the parameters, not the name, say which ciphers it is made of.
    String algorithm =
        parameters != null && parameters.toString().startsWith("PBEWith")
            ? parameters.toString()
            : encrypted.getAlgName();
    Cipher cipher = Cipher.getInstance(algorithm);
    SecretKeyFactory secrets = SecretKeyFactory.getInstance(algorithm);
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray());
    try {
      cipher.init(Cipher.DECRYPT_MODE, secrets.generateSecret(spec), parameters);
      return key(encrypted.getKeySpec(cipher));
    } catch (InvalidKeyException | InvalidKeySpecException e) {
      // What a wrong password makes of the key has no padding or, now and then, is no key.
      throw new GeneralSecurityException("sslKeyPassword does not fit the key", e);
    } finally {
      spec.clearPassword();
    }
  }

  private static PrivateKey key(PKCS8EncodedKeySpec key) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(key);
      } catch (InvalidKeySpecException | NoSuchAlgorithmException e) {
        // The next algorithm may know it; Java 8 does not know all of them.
      }
    }
    throw new InvalidKeySpecException("found a key of an unknown algorithm, wanted RSA or EC");
  }
}
