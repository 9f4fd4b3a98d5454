package io.kadb.testing;

import io.kadb.broker.ListenerSecurity;

/** The users of clusters that ask for a password. */
public enum TestLogin {
  /** Its password has what may be misread between here and the broker. */
  LOADER("loader", "Sesam \"öffne\" \\dich; {0} 'x'=1"),
  /** Another user, for what only some may do. */
  STRANGER("stranger", "stranger-secret"),
  /** Its password is the value of an environment variable that every process has. */
  PATHFINDER("pathfinder", System.getenv("PATH"));

  private final String userName;
  private final String password;

  TestLogin(String userName, String password) {
    this.userName = userName;
    this.password = password;
  }

  /** The name to log in with. */
  public String userName() {
    return userName;
  }

  /** The password in the clear. */
  public String password() {
    return password;
  }

  static ListenerSecurity addTo(ListenerSecurity listener) {
    ListenerSecurity all = listener;
    for (TestLogin login : values()) {
      all =
          all.withScramLogin(login.userName, login.password)
              .withPlainLogin(login.userName, login.password);
    }
    return all;
  }
}
