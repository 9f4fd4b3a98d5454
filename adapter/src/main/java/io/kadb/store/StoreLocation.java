package io.kadb.store;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.Optional;

/**
 * Where a store is, and as whom to connect.
 *
 * @param url {@code jdbc:sqlite:<path>} or {@code jdbc:postgresql:…}; may hold secrets among its
 *     parameters
 * @param user the user; empty to leave it to the URL
 * @param password the password; empty to leave it to the URL
 */
public record StoreLocation(String url, Optional<String> user, Optional<String> password) {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String POSTGRESQL = "jdbc:postgresql:";

  public StoreLocation {
    if (!url.startsWith(SQLITE) && !url.startsWith(POSTGRESQL)) {
      throw new KadbException(
              ErrorCode.BAD_OPTION_VALUE,
              "store: found " + KadbException.shown(withoutParameters(url)))
          .withHint("wanted jdbc:sqlite:<path> or jdbc:postgresql://<host>[:<port>]/<database>");
    }
  }

  /** Returns a location with nothing but a URL. */
  public static StoreLocation of(String url) {
    return new StoreLocation(url, Optional.empty(), Optional.empty());
  }

  /** Returns a location with a URL, a user and a password. */
  public static StoreLocation of(String url, String user, String password) {
    return new StoreLocation(url, Optional.of(user), Optional.of(password));
  }

  /** Returns whether the store is PostgreSQL or Greenplum. */
  public boolean isWarehouse() {
    return url.startsWith(POSTGRESQL);
  }

  /** Returns the path of a SQLite URL. */
  String sqlitePath() {
    return url.substring(SQLITE.length()).split("\\?", 2)[0];
  }

  /** Returns the URL without its parameters, and the user: nothing secret. */
  @Override
  public String toString() {
    return withoutParameters(url) + user.map(u -> " as " + u).orElse("");
  }

  private static String withoutParameters(String url) {
    String plain = url.split("[?;]", 2)[0];
    int at = plain.lastIndexOf('@');
    int slashes = plain.indexOf("//");
    return slashes >= 0 && at > slashes
        ? plain.substring(0, slashes + 2) + plain.substring(at + 1)
        : plain;
  }
}
