package io.kadb.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.catalog.ColumnDefinition;
import io.kadb.catalog.ForeignTable;
import io.kadb.catalog.ServerDefinition;
import io.kadb.catalog.TableName;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.type.ColumnType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store that is new for each test, with two sessions. */
abstract class StoreFixture {
  static final Duration WAIT = Duration.ofSeconds(20);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<StoreSession> sessions = new ArrayList<>();

  Store store;
  StoreSession session;
  StoreSession other;

  /** Where an empty store is, the same within a test. */
  abstract StoreLocation location();

  @BeforeEach
  void open() {
    store = Store.open(location());
    session = newSession();
    other = newSession();
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    sessions.forEach(StoreSession::close);
    store.close();
  }

  final StoreSession newSession() {
    StoreSession opened = store.session();
    sessions.add(opened);
    return opened;
  }

  final <T> Future<T> inBackground(Callable<T> work) {
    return threads.submit(work);
  }

  final ForeignTable newTable(String name) {
    return newTable(session, name);
  }

  /** Creates a table of server {@code k}, and the server if need be. */
  static ForeignTable newTable(StoreSession session, String name) {
    if (session.catalog().read().server("k").isEmpty()) {
      session.catalog().createServer(server("k"));
    }
    return session
        .catalog()
        .createTable(new TableName("public", name), "k", List.of(column("a")), Map.of());
  }

  static ServerDefinition server(String name) {
    return new ServerDefinition(name, Optional.empty(), Optional.empty(), Map.of());
  }

  static ColumnDefinition column(String name) {
    return new ColumnDefinition(
        name, ColumnType.parse("integer"), false, Optional.empty(), Map.of());
  }

  static KadbException refused(ErrorCode code, ThrowingCallable call) {
    KadbException error = Failures.of(call);
    assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
    return error;
  }
}
