package io.kadb.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A forwarder of TCP connections that can break them: cut what is open, refuse what is new, slow
 * down or stall what flows. Stands in front of anything that listens. Safe for use by several
 * threads.
 */
public final class TcpProxy implements AutoCloseable {
  private final ServerSocket door;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private volatile @Nullable InetSocketAddress target;
  private volatile boolean refusing;
  private volatile long portionNanos;
  private boolean stalled;

  /** Opens the door on a free port of 127.0.0.1; refuses until it has a target. */
  public TcpProxy() {
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    inBackground("accept", this::accept);
  }

  /** The port clients connect to. */
  public int port() {
    return door.getLocalPort();
  }

  /** Says where to forward to. */
  public void forwardTo(String host, int port) {
    target = new InetSocketAddress(host, port);
  }

  /** Cuts the connections that are open; new ones pass. */
  public void cut() {
    open.forEach(TcpProxy::closeQuietly);
  }

  /** Cuts what is open and closes new connections at once, until {@link #restore}. */
  public void refuse() {
    refuseNew();
    cut();
  }

  /** Closes new connections at once, until {@link #restore}; those that are open stay. */
  public void refuseNew() {
    refusing = true;
  }

  /** Keeps connections open and forwards nothing, until {@link #restore}. */
  public synchronized void stall() {
    stalled = true;
  }

  /** Takes some time to forward each portion of bytes, from now on. */
  public void slow(Duration time) {
    portionNanos = time.toNanos();
  }

  /** Ends refusing and stalling; what was held back flows. */
  public synchronized void restore() {
    refusing = false;
    stalled = false;
    notifyAll();
  }

  @Override
  public void close() {
    closeQuietly(door);
    cut();
    restore();
  }

  private void accept() throws IOException {
    while (!door.isClosed()) {
      Socket client = door.accept();
      InetSocketAddress to = target;
      if (refusing || to == null) {
        closeQuietly(client);
        continue;
      }
      Socket server = new Socket();
      open.add(client);
      open.add(server);
      try {
        server.connect(to);
        inBackground("up", () -> forward(client, server));
        inBackground("down", () -> forward(server, client));
      } catch (IOException nobodyThere) {
        end(client, server);
      }
    }
  }

  private void forward(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[16_384];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        LockSupport.parkNanos(portionNanos);
        awaitFlow();
        out.write(buffer, 0, read);
      }
    } catch (IOException cut) {
      // One side is gone: the other one shall notice.
    } finally {
      end(from, to);
    }
  }

  private synchronized void awaitFlow() {
    try {
      while (stalled) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end(Socket one, Socket other) {
    for (Socket socket : new Socket[] {one, other}) {
      closeQuietly(socket);
      open.remove(socket);
    }
  }

  private static void closeQuietly(Closeable connection) {
    try {
      connection.close();
    } catch (IOException alreadyGone) {
      // Nothing is left to close.
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void inBackground(String what, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException doorClosed) {
                // The end of the proxy.
              }
            },
            "tcp-proxy-" + what);
    thread.setDaemon(true);
    thread.start();
  }
}
