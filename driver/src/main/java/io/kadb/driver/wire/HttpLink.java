package io.kadb.driver.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * One socket to a server, kept between requests: HTTP/1.1. One thread at a time exchanges; any may
 * close it, and the one that waits for an answer comes out at once. An interrupt does not disturb
 * it.
 */
final class HttpLink implements Closeable {
  private static final HttpRequestExecutor EXECUTOR = new HttpRequestExecutor();

  private final String authority;
  private final DefaultBHttpClientConnection connection;

  private HttpLink(String authority, DefaultBHttpClientConnection connection) {
    this.authority = authority;
    this.connection = connection;
  }

  /**
   * Connects.
   *
   * @param timeoutMillis the most time that the connection, and then each step of TLS, may take
   */
  static HttpLink open(Endpoint endpoint, Tls tls, int timeoutMillis) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
      DefaultBHttpClientConnection connection =
          new DefaultBHttpClientConnection(Http1Config.DEFAULT);
      tls.bind(connection, socket, endpoint);
      return new HttpLink(endpoint.toString(), connection);
    } catch (IOException | RuntimeException e) {
      closeQuietly(socket);
      throw e;
    }
  }

  /**
   * Posts a body and waits for the answer.
   *
   * @param timeoutMillis the most time without a byte of the answer; 0 for no limit
   */
  HttpAnswer post(String path, Map<String, String> headers, byte[] body, int timeoutMillis)
      throws IOException {
    BasicClassicHttpRequest request = new BasicClassicHttpRequest("POST", path);
    request.setHeader(HttpHeaders.HOST, authority);
    request.setHeader(HttpHeaders.CONTENT_LENGTH, body.length);
    request.setHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8");
    headers.forEach(request::setHeader);
    request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    connection.setSocketTimeout(Timeout.ofMilliseconds(timeoutMillis));
    HttpCoreContext context = HttpCoreContext.create();
    try (ClassicHttpResponse response = EXECUTOR.execute(request, connection, context)) {
      HttpEntity entity = response.getEntity();
      byte[] content = entity == null ? new byte[0] : EntityUtils.toByteArray(entity);
      Header warnings = response.getFirstHeader(HttpAnswer.WARNINGS);
      if (!EXECUTOR.keepAlive(request, response, connection, context)) {
        close();
      }
      return new HttpAnswer(
          response.getCode(),
          content == null ? new byte[0] : content,
          warnings == null ? "" : warnings.getValue());
    } catch (HttpException e) {
      throw new IOException("found no HTTP: " + e.getMessage(), e);
    }
  }

  boolean isOpen() {
    return connection.isOpen();
  }

  /** Closes at once, without saying goodbye. */
  @Override
  public void close() {
    connection.close(CloseMode.IMMEDIATE);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It never was of use.
    }
  }
}
