package io.kadb.driver.wire;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Opens sessions, at the first of several servers that lets it in. Immutable. */
public final class Connector {
  /** Says to the server that texts are wanted for what JSON cannot carry exactly. */
  private static final String CLIENT = "kadb.client";

  private static final String CLIENT_VERSION = "thin/1";
  private static final int UNAVAILABLE = 503;

  private final Tls tls;
  private final Login login;
  private final int connectTimeoutMillis;
  private final int networkTimeoutMillis;

  /**
   * A connector.
   *
   * @param connectTimeoutMillis the most time for a connection to one server; 0 for no limit
   * @param networkTimeoutMillis what sessions begin with
   */
  public Connector(Tls tls, Login login, int connectTimeoutMillis, int networkTimeoutMillis) {
    this.tls = tls;
    this.login = login;
    this.connectTimeoutMillis = connectTimeoutMillis;
    this.networkTimeoutMillis = networkTimeoutMillis;
  }

  /** A session that was opened, and whether the server has warnings to tell. */
  public static final class Opened {
    public final Session session;
    public final boolean warnings;

    Opened(Session session, boolean warnings) {
      this.session = session;
      this.warnings = warnings;
    }
  }

  /**
   * Opens a session at the first server that answers and is not full or stopping. One that refuses
   * the login or the properties ends the search.
   */
  public Opened open(List<Endpoint> endpoints, Map<String, String> properties) throws SQLException {
    List<String> failures = new ArrayList<>();
    Exception last = null;
    for (Endpoint endpoint : endpoints) {
      Channel channel = new Channel(endpoint, tls, login, connectTimeoutMillis);
      String id = UUID.randomUUID().toString();
      try {
        HttpAnswer answer = open(channel, id, properties);
        if (answer.status() != UNAVAILABLE || failures.size() == endpoints.size() - 1) {
          return opened(new Session(channel, id, networkTimeoutMillis), channel, answer);
        }
        failures.add(endpoint + " (unavailable)");
        channel.close();
      } catch (IOException e) {
        failures.add(endpoint + " (" + Session.describe(e) + ")");
        last = e;
        channel.close();
      }
    }
    throw SqlExceptions.of(
        "cannot connect to " + String.join(", ", failures),
        last instanceof LoginFailure ? States.LOGIN_REFUSED : States.CANNOT_CONNECT,
        last);
  }

  private HttpAnswer open(Channel channel, String id, Map<String, String> properties)
      throws IOException {
    Map<String, Object> all = new TreeMap<>(properties);
    all.put(CLIENT, CLIENT_VERSION);
    Fields request =
        Fields.with("request", "openConnection").and("connectionId", id).and("info", all);
    int timeout = networkTimeoutMillis == 0 ? connectTimeoutMillis : networkTimeoutMillis;
    return channel.sendOnce("/", Collections.emptyMap(), Json.write(request.asMap()), timeout);
  }

  private static Opened opened(Session session, Channel channel, HttpAnswer answer)
      throws SQLException {
    try {
      return new Opened(session, session.understood(answer).hasWarnings());
    } catch (SQLException e) {
      channel.close();
      throw e.getSQLState().equals(States.PROTOCOL_VIOLATION)
          ? SqlExceptions.of(
              channel.endpoint() + " is no kadb server: " + e.getMessage(),
              States.CANNOT_CONNECT,
              e)
          : e;
    }
  }
}
