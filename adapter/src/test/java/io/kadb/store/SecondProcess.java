package io.kadb.store;

import io.kadb.catalog.ForeignTable;
import io.kadb.catalog.TableName;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A program that opens a store, creates tables and moves the offset of one partition. */
final class SecondProcess {
  static final int ROUNDS = 20;
  static final long FTOID = 5;

  private SecondProcess() {}

  static Process start(Path file, int partition) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            SecondProcess.class.getName(),
            file.toString(),
            Integer.toString(partition))
        .redirectErrorStream(true)
        .start();
  }

  /** Takes the file of the store and a partition. */
  public static void main(String[] arguments) {
    int partition = Integer.parseInt(arguments[1]);
    try (Store store = Store.open(StoreLocation.of("jdbc:sqlite:" + arguments[0]));
        StoreSession session = store.session()) {
      Duration wait = Duration.ofSeconds(30);
      session.offsets().apply(List.of(OffsetChange.insert(FTOID, partition, 0)), wait);
      for (int i = 0; i < ROUNDS; i++) {
        session.offsets().apply(List.of(OffsetChange.move(FTOID, partition, i, i + 1L)), wait);
        createTable(session, "t" + partition + "_" + i);
      }
    }
  }

  static ForeignTable createTable(StoreSession session, String name) {
    try {
      session.catalog().createServer(StoreFixture.server("k"));
    } catch (KadbException e) {
      if (e.code() != ErrorCode.DUPLICATE_OBJECT) {
        throw e;
      }
    }
    return session.catalog().createTable(new TableName("public", name), "k", List.of(), Map.of());
  }
}
