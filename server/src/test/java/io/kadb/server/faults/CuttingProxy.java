package io.kadb.server.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way to a server that knows where requests and answers begin and end, and breaks at the places
 * that the plan says. Safe for many threads.
 */
final class CuttingProxy implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?i)\\r\\ncontent-length: *(\\d+)");
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Where an exchange breaks. */
  enum Place {
    BEFORE_THE_REQUEST,
    IN_THE_REQUEST,
    /** The server gets the request and its answer goes nowhere. */
    AFTER_THE_REQUEST,
    /** The same, and the client learns of it when the server has answered. */
    BEFORE_THE_ANSWER,
    AFTER_A_BYTE_OF_THE_ANSWER,
    IN_THE_ANSWER,
    BEFORE_THE_LAST_BYTE,
    AFTER_THE_ANSWER
  }

  /**
   * A break.
   *
   * @param exchange which one breaks, from 1
   * @param forGood whether nobody gets through from then on, until {@link #restore}
   */
  record Cut(int exchange, Place place, boolean forGood) {}

  private final ServerSocket door;
  private final int serverPort;
  private final List<Cut> plan;
  private int exchanges;
  private int underWay;
  private boolean down;
  private int cuts;

  CuttingProxy(int serverPort, List<Cut> plan) {
    this.serverPort = serverPort;
    this.plan = plan;
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    inBackground(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Returns how many requests have come. */
  synchronized int exchanges() {
    return exchanges;
  }

  /** Returns how often the network has broken. */
  synchronized int cuts() {
    return cuts;
  }

  /** Lets everybody through again. */
  synchronized void restore() {
    down = false;
  }

  /** Waits until the server has answered everything that it was asked. */
  synchronized void awaitQuiet() {
    try {
      while (underWay > 0) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }

  private void accept() throws IOException {
    while (!door.isClosed()) {
      Socket client = door.accept();
      inBackground(() -> serve(client));
    }
  }

  private synchronized boolean isDown() {
    return down;
  }

  private void serve(Socket client) throws IOException {
    try (client) {
      if (isDown()) {
        // Not the end of a stream, which Avatica's driver takes for a reason to ask for ever.
        client.setSoLinger(true, 0);
        return;
      }
      try (Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
        Pair pair = new Pair(client, server);
        while (pair.exchange()) {
          client.setTcpNoDelay(true);
        }
      }
    }
  }

  private synchronized Optional<Place> begin() {
    exchanges++;
    underWay++;
    Optional<Cut> now = plan.stream().filter(cut -> cut.exchange() == exchanges).findFirst();
    cuts += now.isPresent() ? 1 : 0;
    down |= now.filter(Cut::forGood).isPresent();
    return now.map(Cut::place);
  }

  private synchronized void end() {
    underWay--;
    notifyAll();
  }

  /** A client's socket and the one to the server that belongs to it. */
  private final class Pair {
    private final Socket client;
    private final Socket server;
    private final InputStream fromClient;
    private final InputStream fromServer;

    Pair(Socket client, Socket server) throws IOException {
      this.client = client;
      this.server = server;
      this.fromClient = new BufferedInputStream(client.getInputStream());
      this.fromServer = new BufferedInputStream(server.getInputStream());
    }

    /** Passes a request and its answer; returns whether the sockets are still whole. */
    boolean exchange() throws IOException {
      byte[] request = message(fromClient);
      if (request.length == 0) {
        return false;
      }
      Optional<Place> place = begin();
      try {
        return place.isEmpty() ? pass(request) : broken(request, place.get());
      } finally {
        end();
      }
    }

    private boolean pass(byte[] request) throws IOException {
      send(server, request, request.length);
      byte[] answer = message(fromServer);
      send(client, answer, answer.length);
      return answer.length > 0;
    }

    private boolean broken(byte[] request, Place place) throws IOException {
      switch (place) {
        case BEFORE_THE_REQUEST -> {}
        case IN_THE_REQUEST -> send(server, request, request.length / 2);
        case AFTER_THE_REQUEST -> {
          send(server, request, request.length);
          client.close();
          message(fromServer);
        }
        default -> {
          send(server, request, request.length);
          byte[] answer = message(fromServer);
          send(client, answer, part(answer.length, place));
        }
      }
      server.close();
      return false;
    }
  }

  private static int part(int length, Place place) {
    return switch (place) {
      case BEFORE_THE_ANSWER -> 0;
      case AFTER_A_BYTE_OF_THE_ANSWER -> 1;
      case IN_THE_ANSWER -> length / 2;
      case BEFORE_THE_LAST_BYTE -> length - 1;
      default -> length;
    };
  }

  private static void send(Socket to, byte[] message, int bytes) throws IOException {
    OutputStream out = to.getOutputStream();
    out.write(message, 0, bytes);
    out.flush();
  }

  /** Reads a message, head and body; empty if there is none any more. */
  private static byte[] message(InputStream in) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < END_OF_HEAD.length) {
      int next = in.read();
      if (next < 0) {
        return new byte[0];
      }
      message.write(next);
      matched = next == END_OF_HEAD[matched] ? matched + 1 : next == END_OF_HEAD[0] ? 1 : 0;
    }
    Matcher length = LENGTH.matcher(message.toString(StandardCharsets.ISO_8859_1));
    if (!length.find()) {
      throw new IllegalStateException("a message without length: " + message);
    }
    message.write(in.readNBytes(Integer.parseInt(length.group(1))));
    return message.toByteArray();
  }

  /** What may end with the socket that it works on. */
  private interface Work {
    void run() throws IOException;
  }

  private static void inBackground(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException ended) {
                // A socket or the door was closed.
              }
            },
            "cutting-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
