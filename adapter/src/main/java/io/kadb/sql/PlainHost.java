package io.kadb.sql;

import io.kadb.error.Notice;
import io.kadb.kafka.KafkaClients;
import io.kadb.option.Option;
import io.kadb.scan.MessageCondition;
import io.kadb.scan.PartitionPredicate;
import io.kadb.scan.ScanMode;
import io.kadb.scan.ScanPlan;
import io.kadb.store.Store;
import io.kadb.store.StoreSession;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Reads foreign tables for statements of plain Calcite. It does not learn when such a statement
 * ends, so it never moves an offset. Safe for several threads.
 */
final class PlainHost implements ScanHost {
  private static final Logger LOGGER = LoggerFactory.getLogger(PlainHost.class);

  private final Optional<Store> store;

  /** The batches of each statement, as long as the statement's context lives. */
  private final Map<DataContext, Map<KafkaTable, TableBatch>> statements =
      Collections.synchronizedMap(new WeakHashMap<>());

  private PlainHost(Optional<Store> store) {
    this.store = store;
  }

  static PlainHost withoutStore() {
    return new PlainHost(Optional.empty());
  }

  static PlainHost of(Store store) {
    return new PlainHost(Optional.of(store));
  }

  @Override
  public Enumerable<@Nullable Object[]> open(ScanSpec spec, DataContext context) {
    Map<KafkaTable, TableBatch> batches = statements.computeIfAbsent(context, c -> new HashMap<>());
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<@Nullable Object[]> enumerator() {
        return batches.computeIfAbsent(spec.table(), t -> plan(t, context)).open(spec);
      }
    };
  }

  private TableBatch plan(KafkaTable table, DataContext context) {
    ScanMode option = ScanMode.of(table.options().text(Option.SCAN_MODE)).orElse(ScanMode.CONSUME);
    ScanMode mode = option == ScanMode.CONSUME ? ScanMode.PEEK : option;
    RunControl control = new RunControl(Duration.ZERO, cancelFlag(context));
    TableReading reading =
        new TableReading(
            table, mode, control, KafkaClients.shared(), System.getProperty("user.name", ""));
    ContextParameters parameters = new ContextParameters(context);
    ScanPlan plan =
        reading.plan(PartitionPredicate.ALL, MessageCondition.ALL, parameters, stored(table));
    for (Notice notice : control.drainNotices()) {
      Level level = notice.level() == Notice.Level.WARNING ? Level.WARN : Level.INFO;
      LOGGER.atLevel(level).log("{}: {}", table.definition().name(), notice.text());
    }
    return new TableBatch(reading, plan, parameters, true);
  }

  private SortedMap<Integer, Long> stored(KafkaTable table) {
    if (store.isEmpty()) {
      return new TreeMap<>();
    }
    try (StoreSession session = store.get().session()) {
      return session.offsets().read(table.definition().ftoid());
    }
  }

  private static AtomicBoolean cancelFlag(DataContext context) {
    Object flag = context.get(DataContext.Variable.CANCEL_FLAG.camelName);
    return flag instanceof AtomicBoolean atomic ? atomic : new AtomicBoolean();
  }
}
