package io.kadb.server.remote.http;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The users who may log in with a password: a file with a line {@code name:hash} for each, read
 * again when it changes. Safe for many threads.
 *
 * <p>Making a hash takes long on purpose, and clients log in with every request: passwords that
 * were right are known by a quick hash with a key that only this process has.
 */
final class PasswordFile {
  private static final String QUICK = "HmacSHA256";

  private final Path file;
  private final SecretKeySpec key;
  private final PasswordHash nobody = PasswordHash.of("");
  private volatile Users users;

  /**
   * What the file says.
   *
   * @param changed when it was changed last
   * @param hashes the hashes by user
   * @param known quick hashes of passwords that were right, by user
   */
  private record Users(
      FileTime changed, Map<String, PasswordHash> hashes, Map<String, byte[]> known) {}

  /** Reads a file. */
  PasswordFile(Path file) {
    this.file = file;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, QUICK);
    this.users = read(file);
  }

  /** Returns the line of the file for a user. */
  static String line(String user, String password) {
    if (user.isEmpty() || user.contains(":") || user.startsWith("#")) {
      throw new KadbException(
          ErrorCode.BAD_OPTION_VALUE, "a user's name is not empty and has no colon");
    }
    return user + ':' + PasswordHash.of(password).text();
  }

  private static Users read(Path file) {
    Map<String, PasswordHash> hashes = new HashMap<>();
    try {
      FileTime changed = Files.getLastModifiedTime(file);
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        int colon = line.indexOf(':');
        String wrong = file + ", line " + number + " is not one of kadb server --hash-password";
        String hash = line.substring(colon + 1).strip();
        hashes.put(
            line.substring(0, Math.max(0, colon)),
            PasswordHash.parse(hash)
                .filter(parsed -> colon > 0)
                .orElseThrow(() -> new KadbException(ErrorCode.BAD_OPTION_VALUE, wrong)));
      }
      return new Users(changed, hashes, new ConcurrentHashMap<>());
    } catch (IOException e) {
      throw new KadbException(
          ErrorCode.BAD_OPTION_VALUE, "the passwords file " + file + " cannot be read", e);
    }
  }

  /** Returns whether there is a user of this name and password. */
  boolean admits(String user, String password) {
    Users present = current();
    byte[] quick = quick(password);
    byte @Nullable [] known = present.known().get(user);
    if (known != null && MessageDigest.isEqual(known, quick)) {
      return true;
    }
    PasswordHash hash = present.hashes().get(user);
    // An unknown user takes as long as a wrong password.
    boolean right = (hash == null ? nobody : hash).matches(password) && hash != null;
    if (right) {
      present.known().put(user, quick);
    }
    return right;
  }

  /** A file that is gone or wrong for a moment, as it is being written, changes nothing. */
  private Users current() {
    Users present = users;
    try {
      if (!Files.getLastModifiedTime(file).equals(present.changed())) {
        present = read(file);
        users = present;
      }
    } catch (IOException | KadbException e) {
      return present;
    }
    return present;
  }

  private byte[] quick(String password) {
    try {
      Mac mac = Mac.getInstance(QUICK);
      mac.init(key);
      return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + QUICK, e);
    }
  }
}
