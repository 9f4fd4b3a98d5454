package io.kadb.driver.wire;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ClassicHttpRequest;
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
import org.jspecify.annotations.Nullable;

/**
 * One socket to a server, kept between requests: HTTP/1.1. One thread at a time exchanges; any may
 * close it, and the one that waits for an answer comes out at once. An interrupt does not disturb
 * it.
 */
final class HttpLink implements Closeable {
  private static final HttpRequestExecutor EXECUTOR = new HttpRequestExecutor();

  /** What an array can hold. */
  /** More than usual frames have: their bytes are not copied. */
  private static final int FIRST_BYTES = 1 << 20;

  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private final String authority;
  private final DefaultBHttpClientConnection connection;
  private final Login.Shown login;

  private HttpLink(String authority, DefaultBHttpClientConnection connection, Login.Shown login) {
    this.authority = authority;
    this.connection = connection;
    this.login = login;
  }

  /**
   * Connects.
   *
   * @param timeoutMillis the most time that the connection, and then each step of TLS, may take
   */
  static HttpLink open(Endpoint endpoint, Tls tls, Login login, int timeoutMillis)
      throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
      DefaultBHttpClientConnection connection = new ListeningConnection();
      tls.bind(connection, socket, endpoint);
      return new HttpLink(endpoint.toString(), connection, login.at(endpoint));
    } catch (SSLException e) {
      closeQuietly(socket);
      throw Tls.meaning(e);
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
    Optional<HttpAnswer> answer = exchange(path, headers, body, timeoutMillis);
    if (!answer.isPresent()) {
      answer = exchange(path, headers, body, timeoutMillis);
    }
    return answer.orElseThrow(() -> new LoginFailure("the server refuses its own login", null));
  }

  /** Returns the answer; empty if the request has to go again, for the login to be shown anew. */
  private Optional<HttpAnswer> exchange(
      String path, Map<String, String> headers, byte[] body, int timeoutMillis) throws IOException {
    BasicClassicHttpRequest request = new BasicClassicHttpRequest("POST", path);
    request.setHeader(HttpHeaders.HOST, authority);
    request.setHeader(HttpHeaders.CONTENT_LENGTH, body.length);
    request.setHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8");
    headers.forEach(request::setHeader);
    login.headers().forEach(request::setHeader);
    request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    connection.setSocketTimeout(Timeout.ofMilliseconds(timeoutMillis));
    HttpCoreContext context = HttpCoreContext.create();
    try (ClassicHttpResponse response = EXECUTOR.execute(request, connection, context)) {
      HttpEntity entity = response.getEntity();
      checkLength(entity);
      byte[] content = content(entity);
      Header warnings = response.getFirstHeader(HttpAnswer.WARNINGS);
      if (!EXECUTOR.keepAlive(request, response, connection, context)) {
        close();
      }
      if (login.seen(LoginAnswer.of(response))) {
        return Optional.empty();
      }
      return Optional.of(
          new HttpAnswer(response.getCode(), content, warnings == null ? "" : warnings.getValue()));
    } catch (SSLException e) {
      throw Tls.meaning(e);
    } catch (HttpException e) {
      throw new IOException("found no HTTP: " + e.getMessage(), e);
    }
  }

  /**
   * Returns all bytes of an answer. Where it says how many there are, room is made as they arrive:
   * not everybody who says so sends them.
   */
  private static byte[] content(@Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    long length = entity.getContentLength();
    if (length > MOST_BYTES) {
      throw new IOException("an answer of " + length + " bytes, at most " + MOST_BYTES + " fit");
    }
    if (length < 0) {
      byte[] content = EntityUtils.toByteArray(entity);
      return content == null ? new byte[0] : content;
    }
    byte[] content = new byte[(int) Math.min(length, FIRST_BYTES)];
    try (InputStream in = entity.getContent()) {
      int count = 0;
      while (count < length) {
        if (count == content.length) {
          content = Arrays.copyOf(content, (int) Math.min(length, 4L * count));
        }
        int more = in.read(content, count, content.length - count);
        if (more < 0) {
          throw new EOFException("the answer broke off after " + count + " bytes");
        }
        count += more;
      }
    }
    return content;
  }

  /** A head that broke off between two of its lines looks like an answer without a length. */
  private static void checkLength(@Nullable HttpEntity entity) throws IOException {
    if (entity != null && entity.getContentLength() < 0 && !entity.isChunked()) {
      throw new IOException("the answer broke off in its head");
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

  /**
   * A connection that hears the server's last words. One that refuses a certificate says so and
   * hangs up, and a request that is sent meanwhile would only know that the pipe is broken.
   */
  private static final class ListeningConnection extends DefaultBHttpClientConnection {
    ListeningConnection() {
      super(Http1Config.DEFAULT);
    }

    @Override
    public void sendRequestEntity(ClassicHttpRequest request) throws HttpException, IOException {
      try {
        super.sendRequestEntity(request);
      } catch (SocketException e) {
        hear();
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        super.flush();
      } catch (SocketException e) {
        hear();
        throw e;
      }
    }

    private void hear() throws SSLException {
      try {
        receiveResponseHeader();
      } catch (SSLException e) {
        throw e;
      } catch (IOException | HttpException e) {
        // There are none.
      }
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It never was of use.
    }
  }
}
