package io.kadb.testing;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/**
 * A front door of the {@link TestRegistry} that may ask for a login or a certificate, and counts
 * who comes.
 */
public final class RegistryDoor implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final URI behind;
  private volatile int status;
  private volatile String body = "";

  private RegistryDoor(HttpServer server, URI behind) {
    this.server = server;
    this.behind = behind;
    server.setExecutor(threads);
  }

  /** A door that anybody may pass. */
  public static RegistryDoor open() {
    return plain(Optional.empty());
  }

  /** A door that one user may pass. */
  public static RegistryDoor withLogin(String wantedUser, String wantedPassword) {
    return plain(
        Optional.of(
            new BasicAuthenticator("registry") {
              @Override
              public boolean checkCredentials(String user, String password) {
                return user.equals(wantedUser) && password.equals(wantedPassword);
              }
            }));
  }

  private static RegistryDoor plain(Optional<BasicAuthenticator> guard) {
    try {
      RegistryDoor door = new RegistryDoor(HttpServer.create(anyPort(), 0), registry());
      HttpContext context = door.server.createContext("/", door::serve);
      guard.ifPresent(context::setAuthenticator);
      door.server.start();
      return door;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A door behind TLS that only clients with a certificate of the tests' authority may pass. */
  public static RegistryDoor withCertificates() {
    try {
      HttpsServer server = HttpsServer.create(anyPort(), 0);
      server.setHttpsConfigurator(
          new HttpsConfigurator(certificates()) {
            @Override
            public void configure(HttpsParameters parameters) {
              SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
              wanted.setNeedClientAuth(true);
              parameters.setSSLParameters(wanted);
            }
          });
      RegistryDoor door = new RegistryDoor(server, registry());
      server.createContext("/", door::serve);
      server.start();
      return door;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static URI registry() {
    return TestRegistry.started().address();
  }

  private static SSLContext certificates() throws GeneralSecurityException, IOException {
    TestCertificates made = TestCertificates.made();
    char[] password = TestCertificates.PASSWORD.toCharArray();
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(made.brokerStore())) {
      own.load(in, password);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, password);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(made.authority())) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestURI().toString());
      if (status != 0) {
        byte[] text = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, text.length == 0 ? -1 : text.length);
        exchange.getResponseBody().write(text);
        return;
      }
      URI uri = behind.resolve(exchange.getRequestURI());
      HttpResponse<byte[]> answer =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** From now on answers everything with this HTTP status; 0: as the registry does. */
  public void answerWith(int newStatus) {
    answerWith(newStatus, "");
  }

  /** From now on answers everything with this HTTP status and this text. */
  public void answerWith(int newStatus, String newBody) {
    body = newBody;
    status = newStatus;
  }

  /** What goes into option schema_registry_url. */
  public String address() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://127.0.0.1:" + server.getAddress().getPort() + behind.getPath();
  }

  /** What was asked for so far. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
