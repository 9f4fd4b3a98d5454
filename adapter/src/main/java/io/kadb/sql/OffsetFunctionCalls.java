package io.kadb.sql;

import io.kadb.catalog.Definitions;
import io.kadb.catalog.ForeignTable;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.option.Option;
import io.kadb.option.OptionSet;
import io.kadb.store.OffsetChange;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The calls of {@link OffsetFunction}s in one run of a statement. The same call is made once,
 * however often the plan comes back to it.
 */
final class OffsetFunctionCalls {
  private final SessionState session;
  private final RunControl control;
  private final StatementOffsets offsets;
  private final Map<Call, List<@Nullable Object[]>> done = new HashMap<>();
  private final Set<Long> warned = new HashSet<>();
  private GroupCommits groupCommits = GroupCommits.NONE;
  private Duration latency = Duration.ZERO;

  OffsetFunctionCalls(SessionState session, RunControl control) {
    this.session = session;
    this.control = control;
    this.offsets = new StatementOffsets(session.transaction());
  }

  private record Call(
      OffsetFunction function, @Nullable Object table, @Nullable Object timestamp) {}

  /**
   * Returns the rows of a call: those of {@code kadb.offsets}, or one with an empty text. With a
   * NULL among its arguments a function does nothing, and gives no rows or NULL.
   */
  List<@Nullable Object[]> rows(
      OffsetFunction function, @Nullable Object table, @Nullable Object timestamp) {
    control.check();
    if (function.result() == OffsetFunction.Result.VOID) {
      session.checkWritable(function.toString());
    }
    if (table == null || (timestamp == null && function.parameters().size() > 1)) {
      return function.result() == OffsetFunction.Result.OFFSETS ? List.of() : singleRow(null);
    }
    Call call = new Call(function, table, timestamp);
    List<@Nullable Object[]> rows = done.get(call);
    if (rows == null) {
      rows = run(function, table(table), timestamp == null ? 0 : whole(timestamp));
      done.put(call, rows);
    }
    return rows;
  }

  private static List<@Nullable Object[]> singleRow(@Nullable Object value) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    rows.add(new @Nullable Object[] {value});
    return rows;
  }

  private List<@Nullable Object[]> run(OffsetFunction function, Used used, long timestampMs) {
    long ftoid = used.table().ftoid();
    SortedMap<Integer, Long> stored = offsets.of(ftoid);
    SortedMap<Integer, Long> result =
        function.isAboutStored() && stored.isEmpty()
            ? stored
            : result(function, used, stored, timestampMs);
    if (function.result() == OffsetFunction.Result.OFFSETS) {
      return asRows(ftoid, result);
    }
    offsets.replace(ftoid, result);
    return singleRow("");
  }

  /** Returns the offsets that a call loads or stores. */
  private SortedMap<Integer, Long> result(
      OffsetFunction function, Used used, SortedMap<Integer, Long> stored, long timestampMs) {
    TopicPositions positions = used.positions();
    return switch (function) {
      case COMMIT_OFFSETS -> {
        String name = used.table().name().toString();
        groupCommits = groupCommits.and(positions.forGroup(name, stored));
        yield stored;
      }
      case LOAD_PARTITIONS, PARTITIONS_RESET -> positions.initial();
      case PARTITIONS_OBTAIN -> {
        SortedMap<Integer, Long> all = positions.initial();
        all.putAll(stored);
        yield all;
      }
      case PARTITIONS_CLEAN -> positions.withoutStray(stored);
      case LOAD_OFFSETS_AT_TIMESTAMP, OFFSETS_TO_TIMESTAMP -> positions.since(stored, timestampMs);
      case LOAD_OFFSETS_EARLIEST, OFFSETS_TO_EARLIEST -> positions.earliest(stored);
      case LOAD_OFFSETS_LATEST, OFFSETS_TO_LATEST -> positions.latest(stored);
      case LOAD_OFFSETS_COMMITTED, OFFSETS_TO_COMMITTED -> positions.committed(stored);
    };
  }

  private static List<@Nullable Object[]> asRows(long ftoid, SortedMap<Integer, Long> offsets) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    offsets.forEach(
        (partition, offset) -> rows.add(new @Nullable Object[] {ftoid, partition, offset}));
    return rows;
  }

  /** A table that a call is about. */
  private record Used(ForeignTable table, TopicPositions positions) {}

  private Used table(Object given) {
    Definitions definitions = session.storeSession().catalog().read();
    ForeignTable table = TableNames.find(given, definitions, session.schema());
    OptionSet options =
        ForeignSchema.options(definitions, table, session.defaults())
            .require(table.name().toString());
    if (warned.add(table.ftoid())) {
      options.warnings().forEach(control::add);
    }
    Duration limit = options.duration(Option.LATENCY_MS);
    latency = limit.compareTo(latency) > 0 ? limit : latency;
    return new Used(table, new TopicPositions(options, control, session.clients()));
  }

  private static long whole(Object number) {
    try {
      return new BigDecimal(number.toString()).setScale(0, RoundingMode.HALF_UP).longValueExact();
    } catch (ArithmeticException e) {
      throw new KadbException(
          ErrorCode.NUMBER_OUT_OF_RANGE,
          "found " + KadbException.shown(number.toString()) + ", wanted milliseconds since 1970",
          e);
    }
  }

  /** Returns the changes of stored offsets that the calls made. */
  List<OffsetChange> changes() {
    return offsets.changes();
  }

  /** Returns what the calls commit to consumer groups. */
  GroupCommits groupCommits() {
    return groupCommits;
  }

  /** Returns how long another session's lock on these offsets may be waited for. */
  Duration lockWait() {
    return latency;
  }
}
