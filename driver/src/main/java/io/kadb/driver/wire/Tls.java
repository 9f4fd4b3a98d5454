package io.kadb.driver.wire;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;

/** How a socket is secured: not at all, or by TLS, with the server's name checked. Thread-safe. */
@FunctionalInterface
public interface Tls {
  /** How the JDK begins to say what the other side said. */
  String ALERT = "Received fatal alert: ";

  /** Gives a connected socket to a connection. */
  void bind(DefaultBHttpClientConnection connection, Socket socket, Endpoint endpoint)
      throws IOException;

  /**
   * Returns what the failure of an exchange means: that the server refuses the certificate it was
   * shown, or wants one, is a login that failed. With TLS 1.3 it says so only after the handshake.
   */
  static IOException meaning(SSLException failure) {
    String text = String.valueOf(failure.getMessage());
    boolean refusal =
        text.startsWith(ALERT) && (text.contains("certificate") || text.contains("unknown_ca"));
    return refusal
        ? new LoginFailure(
            "the server wants a client's certificate that it trusts: " + text + " (hint: sslCert)",
            failure)
        : failure;
  }

  /** Returns the way without TLS. */
  static Tls off() {
    return (connection, socket, endpoint) -> connection.bind(socket);
  }

  /** Returns the way with TLS. */
  static Tls on(SSLSocketFactory factory) {
    return (connection, socket, endpoint) -> {
      SSLSocket secured =
          (SSLSocket) factory.createSocket(socket, endpoint.host(), endpoint.port(), true);
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
      secured.startHandshake();
      connection.bind(secured, socket);
    };
  }
}
