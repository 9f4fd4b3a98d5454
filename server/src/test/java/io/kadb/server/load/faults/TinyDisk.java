package io.kadb.server.load.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * The place where the targets are, which can be full: a tablespace on a file system of its own
 * where one may be mounted, which takes root; elsewhere triggers that say what PostgreSQL says.
 */
final class TinyDisk implements AutoCloseable {
  private static final String SPACE = "tiny";
  private static final int PORTION = 1 << 20;

  private final DurablePostgres postgres;
  private final Path mountPoint;
  private final boolean mounted;

  /** Makes the place ready. */
  TinyDisk(DurablePostgres postgres, Path folder, int megabytes) throws SQLException {
    this.postgres = postgres;
    this.mountPoint = folder.resolve("tiny");
    try {
      Files.createDirectories(mountPoint);
      mounted =
          System.getProperty("user.name").equals("root")
              && run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", place())
                  == 0;
      if (mounted) {
        Path space = Files.createDirectory(mountPoint.resolve("space"));
        postgres.execute("CREATE TABLESPACE " + SPACE + " LOCATION '" + space + "'");
      } else {
        postgres.execute(
            "CREATE TABLE room (gone bool)",
            "INSERT INTO room VALUES (false)",
            "CREATE FUNCTION needs_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " IF (SELECT gone FROM room) THEN RAISE EXCEPTION"
                + " 'could not extend file: No space left on device' USING ERRCODE = '53100';"
                + " END IF; RETURN NULL; END $$");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String place() {
    return mountPoint.toString();
  }

  /** What it is, in words. */
  String description() {
    return mounted ? "a tablespace on a small file system" : "triggers that raise 53100";
  }

  /** Creates a table there. */
  void createTable(String name, String columns) throws SQLException {
    postgres.execute(
        "CREATE TABLE " + name + " (" + columns + ")" + (mounted ? " TABLESPACE " + SPACE : ""));
    if (!mounted) {
      postgres.execute(
          "CREATE TRIGGER room BEFORE INSERT ON "
              + name
              + " FOR EACH STATEMENT EXECUTE PROCEDURE needs_room()");
    }
  }

  /** Leaves no room. */
  void fill() throws SQLException {
    if (!mounted) {
      postgres.execute("UPDATE room SET gone = true");
      return;
    }
    try (OutputStream filler = Files.newOutputStream(filler())) {
      for (int size = PORTION; size > 0; size /= 2) {
        fillBy(filler, new byte[size]);
      }
    } catch (IOException full) {
      // As it should be.
      return;
    }
  }

  private static void fillBy(OutputStream filler, byte[] portion) {
    try {
      while (true) {
        filler.write(portion);
      }
    } catch (IOException full) {
      return;
    }
  }

  /** Gives the room back. */
  void empty() throws SQLException {
    try {
      if (mounted) {
        Files.deleteIfExists(filler());
      } else {
        postgres.execute("UPDATE room SET gone = false");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path filler() {
    return mountPoint.resolve("filler");
  }

  private int run(String... command) throws IOException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(mountPoint.resolveSibling("mount.log").toFile())
              .start();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(String.join(" ", command) + " does not end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Comes after the end of PostgreSQL. */
  @Override
  public void close() {
    try {
      if (mounted && run("umount", place()) != 0) {
        throw new AssertionError(Files.readString(mountPoint.resolveSibling("mount.log")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
