package io.kadb.driver.jdbc;

/** What metadata say of a connection without asking the server. Immutable. */
public final class ConnectionDescription {
  private final String url;
  private final String user;

  /**
   * A description.
   *
   * @param url without properties, which may hold secrets
   * @param user empty if none was given
   */
  public ConnectionDescription(String url, String user) {
    this.url = url;
    this.user = user;
  }

  String url() {
    return url;
  }

  String user() {
    return user;
  }
}
