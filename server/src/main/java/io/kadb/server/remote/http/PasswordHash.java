package io.kadb.server.remote.http;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password that cannot be read back: PBKDF2 (RFC 8018) with HMAC-SHA-256, a salt of its own and
 * many rounds.
 *
 * @param rounds the number of rounds
 * @param salt the salt
 * @param hash what comes out
 */
record PasswordHash(int rounds, byte[] salt, byte[] hash) {
  private static final String NAME = "pbkdf2-sha256";
  private static final int ROUNDS = 210_000;
  private static final int MOST_ROUNDS = 10_000_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;

  /** Hashes a password with a new salt. */
  static PasswordHash of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return new PasswordHash(ROUNDS, salt, derive(password, salt, ROUNDS));
  }

  /** Reads what {@link #text} wrote; empty if it is something else. */
  static Optional<PasswordHash> parse(String text) {
    String[] parts = text.split("\\$");
    if (parts.length != 4 || !parts[0].equals(NAME)) {
      return Optional.empty();
    }
    try {
      int rounds = Integer.parseInt(parts[1]);
      byte[] salt = Base64.getDecoder().decode(parts[2]);
      byte[] hash = Base64.getDecoder().decode(parts[3]);
      boolean sane =
          rounds >= 1
              && rounds <= MOST_ROUNDS
              && salt.length > 0
              && hash.length == HASH_BITS / Byte.SIZE;
      return sane ? Optional.of(new PasswordHash(rounds, salt, hash)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the hash as a text without blanks and colons. */
  String text() {
    Base64.Encoder base64 = Base64.getEncoder();
    return NAME
        + '$'
        + rounds
        + '$'
        + base64.encodeToString(salt)
        + '$'
        + base64.encodeToString(hash);
  }

  /** Returns whether this is the hash of a password. */
  boolean matches(String password) {
    return MessageDigest.isEqual(hash, derive(password, salt, rounds));
  }

  private static byte[] derive(String password, byte[] salt, int rounds) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, rounds, HASH_BITS);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has PBKDF2", e);
    } finally {
      spec.clearPassword();
    }
  }
}
