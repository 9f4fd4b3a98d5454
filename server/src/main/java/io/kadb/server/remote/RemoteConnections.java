package io.kadb.server.remote;

import io.kadb.jdbc.KadbDriver;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections of remote clients, with the timers that close what nobody uses. A request that is
 * being served keeps its connection and its result. Safe for many threads.
 */
public final class RemoteConnections implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteConnections.class);
  private static final String URL = "jdbc:kadb:";

  private final Driver driver = new KadbDriver();
  private final Map<String, String> store;
  private final ConnectionLimits limits;
  private final Metrics metrics;
  private final Map<String, RemoteConnection> connections = new ConcurrentHashMap<>();
  private final AtomicInteger opening = new AtomicInteger();
  private final ExecutorService producers = Executors.newCachedThreadPool(daemons("kadb-result-"));
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(daemons("kadb-idle-"));

  /**
   * Creates the connections, none yet.
   *
   * @param store the properties of the driver that say where definitions and offsets are
   */
  public RemoteConnections(Map<String, String> store, ConnectionLimits limits, Metrics metrics) {
    this.store = Map.copyOf(store);
    this.limits = limits;
    this.metrics = metrics;
    long period = Math.max(50, least(limits.idleResult(), limits.idleConnection()).toMillis() / 10);
    long bounded = Math.min(period, TimeUnit.SECONDS.toMillis(10));
    timer.scheduleWithFixedDelay(this::sweep, bounded, bounded, TimeUnit.MILLISECONDS);
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static ThreadFactory daemons(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Opens a connection of the server's own, as clients get them. */
  public Connection openOwn() throws SQLException {
    return connect(Map.of());
  }

  private Connection connect(Map<String, String> given) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(given);
    properties.putAll(store);
    Connection opened = driver.connect(URL, properties);
    if (opened == null) {
      throw new IllegalStateException(URL);
    }
    return opened;
  }

  /**
   * Opens a connection; a second call with the same id and properties does nothing.
   *
   * @param id what the client calls it
   */
  void open(String id, Caller caller, ClientProperties properties, Encoding encoding)
      throws SQLException {
    RemoteConnection present = connections.get(id);
    if (present != null) {
      if (!present.owner().equals(caller.user()) || !present.properties().equals(properties)) {
        throw RemoteErrors.notAllowed("there is a connection of this id already");
      }
      return;
    }
    try {
      if (connections.size() + opening.incrementAndGet() > limits.connections()) {
        throw RemoteErrors.limit(
            "the server has " + limits.connections() + " connections open, which is the most",
            "max-connections");
      }
      add(id, caller, properties, encoding);
    } finally {
      opening.decrementAndGet();
    }
  }

  private void add(String id, Caller caller, ClientProperties properties, Encoding encoding)
      throws SQLException {
    Map<String, String> given = new HashMap<>(properties.taken());
    if (!caller.user().isEmpty()) {
      given.put("user", caller.user());
    }
    Connection jdbc = connect(given);
    RemoteConnection made =
        new RemoteConnection(
            caller.user(),
            jdbc,
            properties,
            encoding,
            new RemoteConnection.Surroundings(limits, producers, metrics));
    if (connections.putIfAbsent(id, made) != null) {
      jdbc.close();
    }
  }

  /**
   * Returns a connection of a caller.
   *
   * @throws SQLException if there is none, or it is somebody else's
   */
  RemoteConnection find(@Nullable String id, Caller caller) throws SQLException {
    RemoteConnection found = id == null ? null : connections.get(id);
    if (found == null) {
      throw RemoteErrors.noConnection();
    }
    if (!found.owner().equals(caller.user())) {
      throw RemoteErrors.notAllowed("this connection belongs to another user");
    }
    return found;
  }

  /** Returns whether there is a connection of this id, whosever it is. */
  boolean knows(@Nullable String id) {
    return id != null && connections.containsKey(id);
  }

  /** Closes a connection of a caller; one that is not there is closed already. */
  void close(String id, Caller caller) throws SQLException {
    RemoteConnection found = connections.get(id);
    if (found != null) {
      find(id, caller);
      if (connections.remove(id, found)) {
        found.close("the connection was closed");
      }
    }
  }

  private void sweep() {
    connections.forEach(
        (id, connection) -> {
          try {
            int abandoned = connection.abandonIdleResults(limits.idleResult());
            if (abandoned > 0) {
              LOG.info("gave up {} idle results", abandoned);
            }
            if (connection.use().isIdleFor(limits.idleConnection())
                && connections.remove(id, connection)) {
              connection.close("the connection was idle for too long");
              LOG.info("closed an idle connection");
            }
          } catch (SQLException | RuntimeException | Error e) {
            LOG.warn("closing what is idle failed: {}", e.toString());
          }
        });
  }

  /** Returns the number of connections. */
  public int count() {
    return connections.size();
  }

  /** Returns the number of statements of all connections. */
  public int statementCount() {
    return connections.values().stream().mapToInt(RemoteConnection::statementCount).sum();
  }

  /** Returns the number of results whose rows are on their way. */
  public long openResultCount() {
    return connections.values().stream().mapToLong(RemoteConnection::openResultCount).sum();
  }

  /** Gives up everything: no offset moves, every open transaction is rolled back. */
  @Override
  public void close() {
    timer.shutdownNow();
    connections.forEach(
        (id, connection) -> {
          if (connections.remove(id, connection)) {
            try {
              connection.close("the server stops");
            } catch (SQLException | RuntimeException | Error e) {
              LOG.warn("closing a connection failed: {}", e.toString());
            }
          }
        });
    producers.shutdownNow();
  }
}
