package io.kadb.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both sides show certificates that each signed itself. */
class TlsTest {
  private static final String PASSWORD = "secret1";

  @TempDir static Path folder;
  private static HttpsServer server;
  private static volatile boolean wantsCertificate;

  @BeforeAll
  static void start() throws Exception {
    makeKey("server", "ip:127.0.0.1");
    makeKey("client", "dns:client");
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store("server"), PASSWORD.toCharArray());
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore clients = KeyStore.getInstance("PKCS12");
    clients.load(null, null);
    clients.setCertificateEntry("client", store("client").getCertificate("client"));
    trusted.init(clients);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = context.getDefaultSSLParameters();
            tls.setNeedClientAuth(wantsCertificate);
            parameters.setSSLParameters(tls);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] answer = "{\"response\":\"x\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @Test
  void trustsTheCertificatesOfAPemFile() throws SQLException {
    wantsCertificate = false;
    connect("127.0.0.1", "sslCa=" + folder.resolve("server.crt")).close();
  }

  @Test
  void trustsTheCertificatesOfAKeyStore() throws SQLException {
    wantsCertificate = false;
    String trust = "sslTrustStore=" + folder.resolve("server.p12");
    connect("127.0.0.1", trust + "&sslTrustStorePassword=" + PASSWORD).close();
  }

  @Test
  void refusesServersThatItDoesNotTrust() {
    wantsCertificate = false;
    assertNoConnection("127.0.0.1", "ssl=true");
    assertNoConnection("127.0.0.1", "sslCa=" + folder.resolve("client.crt"));
  }

  @Test
  void refusesAServerOfAnotherName() {
    wantsCertificate = false;
    assertNoConnection("localhost", "sslCa=" + folder.resolve("server.crt"));
  }

  @Test
  void showsItsOwnCertificate() throws SQLException {
    wantsCertificate = true;
    String trust = "sslCa=" + folder.resolve("server.crt");
    assertNoConnection("127.0.0.1", trust);
    String pem =
        "&sslCert=" + folder.resolve("client.crt") + "&sslKey=" + folder.resolve("client.key");
    connect("127.0.0.1", trust + pem).close();
    String store = "&sslKeyStore=" + folder.resolve("client.p12");
    connect("127.0.0.1", trust + store + "&sslKeyStorePassword=" + PASSWORD).close();
  }

  @Test
  void namesTheFileThatCannotBeUsed() throws Exception {
    Path old = folder.resolve("old.key");
    Files.writeString(
        old, "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
    String cert = "sslCert=" + folder.resolve("client.crt");
    assertThatThrownBy(() -> connect("127.0.0.1", cert + "&sslKey=" + old))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("HV024"))
        .hasMessageContaining("old.key")
        .hasMessageContaining("pkcs8");
    assertThatThrownBy(() -> connect("127.0.0.1", "sslCa=" + folder.resolve("none")))
        .hasMessageContaining("none");
  }

  private static Connection connect(String host, String properties) throws SQLException {
    int port = server.getAddress().getPort();
    return DriverManager.getConnection("jdbc:kadb://" + host + ":" + port + "/?" + properties);
  }

  private static void assertNoConnection(String host, String properties) {
    assertThatThrownBy(() -> connect(host, properties))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"));
  }

  private static void makeKey(String name, String alternativeName) throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            name,
            "-keyalg",
            "EC",
            "-dname",
            "CN=" + name,
            "-ext",
            "SAN=" + alternativeName,
            "-storetype",
            "PKCS12",
            "-keystore",
            folder.resolve(name + ".p12").toString(),
            "-storepass",
            PASSWORD);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    KeyStore store = store(name);
    write(name + ".crt", "CERTIFICATE", store.getCertificate(name).getEncoded());
    Key key = store.getKey(name, PASSWORD.toCharArray());
    write(name + ".key", "PRIVATE KEY", key.getEncoded());
  }

  private static KeyStore store(String name) throws Exception {
    return KeyStore.getInstance(folder.resolve(name + ".p12").toFile(), PASSWORD.toCharArray());
  }

  private static void write(String file, String what, byte[] der) throws Exception {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
  }
}
