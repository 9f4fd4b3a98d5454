package io.kadb.server.remote.http;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.server.remote.Metrics;
import io.kadb.server.remote.RemoteCalls;
import io.kadb.server.remote.RemoteConnections;
import io.kadb.server.remote.config.ServerOption;
import io.kadb.server.remote.config.ServerSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A server that runs: connections, HTTP, and what keeps an eye on both. */
public final class KadbServer implements AutoCloseable {
  /** Longer than clients keep an unused socket, so that it is they who close it. */
  private static final Duration SOCKET_IDLE = Duration.ofMinutes(15);

  /** Sockets that clients keep for later do not hold up the stop. */
  private static final Duration SOCKET_IDLE_AT_STOP = Duration.ofMillis(100);

  /** Shorter than any time limit that a client or a gateway has for a server that is silent. */
  static final Duration SILENCE = Duration.ofSeconds(10);

  private static final Duration HEALTH_FRESH = Duration.ofSeconds(5);
  private static final int SPARE_THREADS = 32;

  /** How long a Kerberos ticket that was shown on a socket counts there. */
  private static final Duration KERBEROS_FRESH = Duration.ofMinutes(30);

  /** Kerberos tickets are much larger than other headers. */
  private static final int MOST_HEADER_BYTES = SpnegoLogin.MOST_TOKEN_CHARS + 8 * 1_024;

  /** Takes the time of everything that a first query loads and compiles. */
  private static final String WARM_UP =
      "SELECT n % 2 AS part, count(*) AS c, max('x' || CAST(n AS VARCHAR)) AS t"
          + " FROM (VALUES (1), (2), (3)) AS v (n) WHERE n > 1 GROUP BY n % 2 ORDER BY part LIMIT 5";

  private final Metrics metrics = new Metrics();
  private final RemoteConnections connections;
  private final RemoteCalls calls;
  private final Server http;
  private final ServerConnector connector;

  private KadbServer(ServerSettings settings, Duration silence) {
    connections = new RemoteConnections(settings.store(), settings.limits(), metrics);
    calls = new RemoteCalls(connections);
    http = new Server(threads(settings));
    connector = connector(http, settings);
    http.addConnector(connector);
    http.setHandler(
        new GracefulHandler(
            new RequestHandler(
                calls,
                new Logins(logins(settings)),
                new Health(connections, HEALTH_FRESH),
                metrics,
                settings.number(ServerOption.MAX_REQUEST_BYTES),
                silence)));
    http.setStopTimeout(settings.seconds(ServerOption.STOP_TIMEOUT).toMillis());
    gauges();
  }

  /**
   * Starts a server; it answers when this returns.
   *
   * @throws KadbException if the configuration is wrong, the port is taken, or the store does not
   *     answer
   */
  public static KadbServer start(ServerSettings settings) {
    return start(settings, SILENCE);
  }

  /** As {@link #start(ServerSettings)}, with another longest silence before an answer. */
  static KadbServer start(ServerSettings settings, Duration silence) {
    KadbServer server = new KadbServer(settings, silence);
    try {
      CompletableFuture<Void> warm = CompletableFuture.runAsync(server::warmUp);
      server.http.start();
      warm.join();
      return server;
    } catch (CompletionException e) {
      server.close();
      throw failure(e.getCause());
    } catch (Exception e) {
      server.close();
      throw failure(e);
    }
  }

  private static KadbException failure(Throwable cause) {
    return cause instanceof KadbException known
        ? known
        : new KadbException(
            ErrorCode.STORE_FAILED, "the server cannot start: " + cause.getMessage(), cause);
  }

  /** One query, so that the first user does not wait for what it loads. */
  private void warmUp() {
    try (Connection connection = connections.openOwn();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(WARM_UP)) {
      while (rows.next()) {
        rows.getString(1);
      }
    } catch (SQLException e) {
      throw new CompletionException(e);
    }
  }

  private static QueuedThreadPool threads(ServerSettings settings) {
    QueuedThreadPool threads =
        new QueuedThreadPool(settings.number(ServerOption.MAX_CONNECTIONS) + SPARE_THREADS);
    threads.setName("kadb-http");
    return threads;
  }

  private static ServerConnector connector(Server http, ServerSettings settings) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendDateHeader(false);
    if (settings.file(ServerOption.KERBEROS_KEYTAB).isPresent()) {
      configuration.setRequestHeaderSize(MOST_HEADER_BYTES);
    }
    HttpConnectionFactory plain = new HttpConnectionFactory(configuration);
    Optional<SslContextFactory.Server> tls = ServerTls.of(settings);
    tls.ifPresent(t -> configuration.addCustomizer(new SecureRequestCustomizer(false)));
    ServerConnector made =
        tls.map(
                t ->
                    new ServerConnector(
                        http, new SslConnectionFactory(t, plain.getProtocol()), plain))
            .orElseGet(() -> new ServerConnector(http, plain));
    made.setHost(settings.text(ServerOption.HOST).orElseThrow());
    made.setPort(settings.number(ServerOption.PORT));
    made.setIdleTimeout(SOCKET_IDLE.toMillis());
    made.setShutdownIdleTimeout(SOCKET_IDLE_AT_STOP.toMillis());
    return made;
  }

  private static List<Login> logins(ServerSettings settings) {
    List<Login> ways = new ArrayList<>();
    KerberosService.of(settings)
        .map(
            service -> new SpnegoLogin(service, new SocketLogins(KERBEROS_FRESH, System::nanoTime)))
        .ifPresent(ways::add);
    settings
        .file(ServerOption.PASSWORDS_FILE)
        .ifPresent(file -> ways.add(new BasicLogin(new PasswordFile(file))));
    if (ways.isEmpty() && settings.file(ServerOption.TLS_CLIENT_CA).isPresent()) {
      ways.add(new CertificateLogin());
    }
    return ways;
  }

  private void gauges() {
    metrics.gauge("kadb_connections", "Connections that are open.", connections::count);
    metrics.gauge("kadb_statements", "Statements that are open.", connections::statementCount);
    metrics.gauge(
        "kadb_open_results", "Results whose rows are on their way.", connections::openResultCount);
    metrics.add(new ProcessWatch());
    metrics.add(new StoreWatch(connections, StoreWatch.usualTimes()));
    metrics.add(new LagWatch(connections, LagWatch.usualTimes()));
  }

  /** Returns the address that clients use. */
  public String url() {
    String scheme = connector.getDefaultProtocol().equalsIgnoreCase("SSL") ? "https" : "http";
    return scheme + "://" + connector.getHost() + ":" + connector.getLocalPort();
  }

  /** Returns the port. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Returns the counters. */
  public Metrics metrics() {
    return metrics;
  }

  /** Returns the connections. */
  public RemoteConnections connections() {
    return connections;
  }

  /**
   * Stops the server: takes no more requests, lets those that are served end for a while, then
   * gives up what is left. No offset moves.
   */
  @Override
  public void close() {
    calls.stop();
    try {
      http.stop();
    } catch (Exception e) {
      // Requests that did not end in time; their statements are given up now.
      connections.close();
      return;
    }
    connections.close();
  }

  /** Waits until the server has stopped. */
  public void join() throws InterruptedException {
    http.join();
  }
}
