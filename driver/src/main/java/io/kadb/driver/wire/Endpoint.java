package io.kadb.driver.wire;

import java.util.Objects;

/** A host and a port of a server. */
public final class Endpoint {
  private static final int MAX_PORT = 65_535;

  private final String host;
  private final int port;

  /**
   * An endpoint.
   *
   * @param host a name or an address; an IPv6 address without its brackets
   * @param port from 1 to 65535
   */
  public Endpoint(String host, int port) {
    if (host.isEmpty()) {
      throw new IllegalArgumentException("host: found nothing, wanted a name or an address");
    }
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("port: found " + port + ", wanted 1 to " + MAX_PORT);
    }
    this.host = host;
    this.port = port;
  }

  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Endpoint
        && host.equals(((Endpoint) other).host)
        && port == ((Endpoint) other).port;
  }

  @Override
  public int hashCode() {
    return Objects.hash(host, port);
  }

  /** As in a URL: {@code host:port}, an IPv6 address in brackets. */
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
