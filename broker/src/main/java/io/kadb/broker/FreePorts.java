package io.kadb.broker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of 127.0.0.1 nobody listens on. They lie below the range from which systems give outgoing
 * connections their ports: while a broker is down, nobody else's connection can sit on its port,
 * nor can a client that tries again connect to itself.
 */
final class FreePorts {
  private static final int LOWEST = 15_000;
  private static final int ABOVE = 32_000;
  private static final int ATTEMPTS = 1_000;

  private FreePorts() {}

  static int[] take(int count) {
    Set<Integer> found = new LinkedHashSet<>();
    for (int attempt = 0; attempt < ATTEMPTS && found.size() < count; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, ABOVE);
      if (isFree(port)) {
        found.add(port);
      }
    }
    if (found.size() < count) {
      throw new BrokerException(
          "ports "
              + LOWEST
              + " to "
              + (ABOVE - 1)
              + " of 127.0.0.1: found "
              + found.size()
              + " free, wanted "
              + count);
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress("127.0.0.1", port));
      return true;
    } catch (IOException inUse) {
      return false;
    }
  }
}
