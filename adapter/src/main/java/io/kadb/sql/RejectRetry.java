package io.kadb.sql;

import io.kadb.error.KadbException;
import io.kadb.error.Notice;
import io.kadb.option.OptionSet;
import io.kadb.scan.RowBatch;
import io.kadb.store.RejectRow;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * What one statement reads of the rejected messages of a table: the same messages, however often
 * the plan reads them.
 */
final class RejectRetry {
  private final KafkaTable table;
  private final OptionSet options;
  private final RunControl control;
  private final String user;
  private final List<RejectRow> rejects;
  private final LongFunction<Optional<RejectRow>> whole;
  private final Set<Long> given = new HashSet<>();
  private final Map<Long, String> failures = new LinkedHashMap<>();

  /**
   * Creates the reading.
   *
   * @param user whose statement it is
   * @param rejects the rejected messages of the table, without their bodies
   * @param whole reads one of them with its body, if it is still there
   */
  RejectRetry(
      KafkaTable table,
      RunControl control,
      String user,
      List<RejectRow> rejects,
      LongFunction<Optional<RejectRow>> whole) {
    this.table = table;
    this.options = table.options();
    this.control = control;
    this.user = user;
    this.rejects = rejects;
    this.whole = whole;
    options.warnings().forEach(control::add);
  }

  /** Opens a reading of what a scan node wants. */
  Enumerator<@Nullable Object[]> open(ScanSpec spec) {
    RowDecoders decoders =
        new RowDecoders(
            new DefaultValues(control.startedMillis(), user).in(spec, true), options, true);
    RowAssembler assembler =
        new RowAssembler(
            decoders.decoder(),
            () -> false,
            new EngineRows(spec, new PrecisionWatch(control)),
            false);
    return new Rows(assembler);
  }

  /** Returns the numbers of the messages whose rows were given. */
  Set<Long> given() {
    return given;
  }

  /** Returns the warning that counts the messages that cannot be turned into rows even now. */
  Optional<Notice> warning() {
    if (failures.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Notice.warning(
            "%s: %s of %s rejected messages still cannot be turned into rows; the first: %s"
                .formatted(
                    table.definition().name(),
                    failures.size(),
                    rejects.size(),
                    failures.values().iterator().next())));
  }

  private final class Rows implements Enumerator<@Nullable Object[]> {
    private final RowAssembler assembler;
    private final Iterator<RejectRow> left = rejects.iterator();
    private @Nullable RowBatch batch;
    private int row = -1;
    private long current;

    Rows(RowAssembler assembler) {
      this.assembler = assembler;
    }

    @Override
    public @Nullable Object[] current() {
      if (batch == null) {
        throw new NoSuchElementException("not on a row");
      }
      return batch.row(row);
    }

    @Override
    public boolean moveNext() {
      if (batch != null && row + 1 < batch.size()) {
        row++;
        noteLastRow(batch);
        return true;
      }
      while (left.hasNext()) {
        control.check();
        batch = whole.apply(left.next().rejectId()).map(this::decode).orElse(null);
        if (batch != null && batch.size() > 0) {
          row = 0;
          noteLastRow(batch);
          return true;
        }
      }
      batch = null;
      return false;
    }

    /** A message leaves kadb.rejects only if all its rows were given. */
    private void noteLastRow(RowBatch rows) {
      if (row + 1 == rows.size()) {
        given.add(current);
      }
    }

    private @Nullable RowBatch decode(RejectRow reject) {
      try {
        assembler.message(reject.rejected().message());
        RowBatch taken = assembler.take();
        current = reject.rejectId();
        if (taken.size() == 0) {
          given.add(current);
        }
        return taken;
      } catch (KadbException e) {
        if (!Rejects.rejectable(e)) {
          throw e;
        }
        failures.put(reject.rejectId(), e.getMessage());
        return null;
      }
    }

    @Override
    public void reset() {
      throw new UnsupportedOperationException("rows are read once");
    }

    @Override
    public void close() {
      batch = null;
    }
  }
}
