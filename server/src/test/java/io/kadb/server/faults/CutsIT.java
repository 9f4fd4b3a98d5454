package io.kadb.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.faults.CuttingProxy.Cut;
import io.kadb.server.faults.CuttingProxy.Place;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The network breaks at every place of every exchange between a program and the server, for a
 * moment or until the program begins anew.
 */
class CutsIT extends FaultFixture {
  /** Most of a case is waiting. */
  private static final int AT_ONCE = 12;

  private static final Set<Place> ALL_PLACES = EnumSet.allOf(Place.class);
  private static final Set<Place> WORST =
      EnumSet.of(Place.AFTER_THE_REQUEST, Place.IN_THE_ANSWER, Place.AFTER_THE_ANSWER);
  private static final Set<Place> NOWHERE = EnumSet.noneOf(Place.class);

  private static final int ATTEMPTS = 3;
  private static final List<Integer> ALL = IntStream.range(0, ROWS).boxed().toList();

  private final AtomicInteger broken = new AtomicInteger();
  private final Queue<String> tables = new ConcurrentLinkedQueue<>();

  @BeforeAll
  void createTables() throws SQLException {
    for (int i = 0; i < AT_ONCE; i++) {
      tables.add(newTable());
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachRowIsTakenOnceWhereverTheNetworkBreaks(RemoteClient client) throws Exception {
    int exchanges = exchanges(client);
    assertThat(exchanges).isGreaterThan(15);
    List<Callable<String>> cases = new ArrayList<>();
    for (int exchange = 1; exchange <= exchanges; exchange++) {
      // Both forms of Avatica's messages take the same way.
      for (Place place : client == RemoteClient.STOCK_PROTOBUF ? WORST : ALL_PLACES) {
        Cut moment = new Cut(exchange, place, false);
        cases.add(() -> outcome(client, List.of(moment)));
      }
      for (Place place : client == RemoteClient.STOCK_PROTOBUF ? NOWHERE : WORST) {
        Cut forGood = new Cut(exchange, place, true);
        cases.add(() -> outcome(client, List.of(forGood)));
      }
    }
    assertThat(run(cases)).isEmpty();
  }

  /** As a network that is about to fail does it: the answer to the second attempt is lost, too. */
  @ParameterizedTest
  @EnumSource(names = {"THIN", "STOCK_JSON"})
  void eachRowIsTakenOnceThoughTheNetworkBreaksTwiceInARow(RemoteClient client) throws Exception {
    List<Callable<String>> cases = new ArrayList<>();
    int exchanges = exchanges(client);
    for (int exchange = 1; exchange < exchanges; exchange++) {
      Cut next = new Cut(exchange + 1, Place.BEFORE_THE_ANSWER, false);
      Cut request = new Cut(exchange, Place.BEFORE_THE_ANSWER, false);
      cases.add(() -> outcome(client, List.of(request, next)));
      Cut answer = new Cut(exchange, Place.AFTER_THE_ANSWER, false);
      cases.add(() -> outcome(client, List.of(answer, next)));
    }
    assertThat(run(cases)).isEmpty();
  }

  /** Returns how many exchanges a program has with a server if nothing breaks. */
  private int exchanges(RemoteClient client) throws Exception {
    String table = tables.element();
    forgetOffsets(table);
    try (CuttingProxy proxy = new CuttingProxy(server.port(), List.of())) {
      BatchProgram program = new BatchProgram(table, () -> stored(table));
      assertThat(program.run(() -> client.connect(proxy.port()), proxy::awaitQuiet)).isTrue();
      assertThat(program.taken()).isEqualTo(ALL);
      return proxy.exchanges();
    }
  }

  /** Runs cases; returns what is wrong. */
  private List<String> run(List<Callable<String>> cases) throws Exception {
    broken.set(0);
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<String> wrong = new ArrayList<>();
      for (Future<String> each : threads.invokeAll(cases)) {
        wrong.add(each.get());
      }
      wrong.removeIf(String::isEmpty);
      // How many frames a result has depends a little on the time.
      assertThat(broken.get()).as("cases with breaks").isGreaterThan(cases.size() * 9 / 10);
      return wrong;
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Returns what is wrong; empty if nothing is. */
  private String outcome(RemoteClient client, List<Cut> cuts) {
    String table = tables.remove();
    try (CuttingProxy proxy = new CuttingProxy(server.port(), cuts)) {
      forgetOffsets(table);
      BatchProgram program = new BatchProgram(table, () -> stored(table));
      int attempts = 0;
      while (attempts++ < ATTEMPTS
          && !program.run(() -> client.connect(proxy.port()), proxy::awaitQuiet)) {
        proxy.restore();
      }
      if (proxy.cuts() == cuts.size()) {
        broken.incrementAndGet();
      }
      assertThat(program.taken()).as("rows; failures: %s", program.failures()).isEqualTo(ALL);
      assertThat(stored(table)).isEqualTo(ROWS);
      if (client == RemoteClient.THIN && cuts.stream().noneMatch(Cut::forGood)) {
        // A driver that cannot connect tries the next server; no statement has run yet.
        int connecting = cuts.get(0).exchange() == 1 ? cuts.size() : 0;
        assertThat(program.failures())
            .as("failures of a break that passes")
            .hasSizeLessThanOrEqualTo(connecting);
      }
      return "";
    } catch (Exception | AssertionError e) {
      return cuts + ": " + e;
    } finally {
      tables.add(table);
    }
  }
}
