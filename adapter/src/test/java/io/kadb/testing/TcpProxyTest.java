package io.kadb.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Shows each way of breaking a connection, on the loopback device only. */
@Timeout(30)
class TcpProxyTest {
  private static final int SHORT_MS = 200;

  private final TcpProxy proxy = new TcpProxy();
  private ServerSocket server;

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    proxy.forwardTo("127.0.0.1", server.getLocalPort());
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void forwardsBothWaysAndPassesOnTheEnd() throws IOException {
    try (Socket client = connect()) {
      Socket served = server.accept();
      client.getOutputStream().write(1);
      served.getOutputStream().write(2);

      assertThat(served.getInputStream().read()).isEqualTo(1);
      assertThat(client.getInputStream().read()).isEqualTo(2);
      served.close();
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void holdsBackWhatFlowsWhileItStalls() throws IOException {
    try (Socket client = connect();
        Socket served = server.accept()) {
      proxy.stall();
      client.getOutputStream().write(1);
      served.setSoTimeout(SHORT_MS);
      assertThatThrownBy(() -> served.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);

      proxy.restore();

      served.setSoTimeout(0);
      assertThat(served.getInputStream().read()).isEqualTo(1);
    }
  }

  @Test
  void cutsWhatIsOpenAndLetsNewConnectionsPass() throws IOException {
    try (Socket cut = connect();
        Socket served = server.accept()) {
      proxy.cut();
      assertThat(served.getInputStream().read()).isEqualTo(-1);
      assertThat(cut.getInputStream().read()).isEqualTo(-1);
    }

    try (Socket client = connect();
        Socket served = server.accept()) {
      client.getOutputStream().write(1);
      assertThat(served.getInputStream().read()).isEqualTo(1);
    }
  }

  @Test
  void refusesUntilItIsRestored() throws IOException {
    proxy.refuse();
    try (Socket refused = connect()) {
      assertThat(refused.getInputStream().read()).isEqualTo(-1);
    }

    proxy.restore();

    try (Socket client = connect();
        Socket served = server.accept()) {
      client.getOutputStream().write(1);
      assertThat(served.getInputStream().read()).isEqualTo(1);
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
  }
}
