package io.kadb.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The TCP connections of this process, as Linux tells them. */
public final class OpenSockets {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));

  /** Columns of a line of the tables. */
  private static final int REMOTE = 2;

  private static final int INODE = 9;

  private OpenSockets() {}

  /** Returns whether this system tells them. */
  public static boolean known() {
    return Files.isReadable(TABLES.get(0)) && Files.isDirectory(DESCRIPTORS);
  }

  /** Returns how many connections of this process lead to a port. */
  public static long to(int port) {
    Set<String> own = ownInodes();
    String remote = ":%04X".formatted(port);
    return TABLES.stream()
        .flatMap(OpenSockets::lines)
        .map(line -> line.strip().split("\\s+"))
        .filter(columns -> columns[REMOTE].endsWith(remote) && own.contains(columns[INODE]))
        .count();
  }

  private static Stream<String> lines(Path table) {
    try {
      return Files.exists(table) ? Files.readAllLines(table).stream().skip(1) : Stream.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> ownInodes() {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
      for (Path descriptor : descriptors.toList()) {
        try {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (target.startsWith("socket:[")) {
            inodes.add(target.substring("socket:[".length(), target.length() - 1));
          }
        } catch (NoSuchFileException closedMeanwhile) {
          // It is not open any more.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return inodes;
  }
}
