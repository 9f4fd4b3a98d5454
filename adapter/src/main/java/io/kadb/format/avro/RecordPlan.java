package io.kadb.format.avro;

import io.kadb.error.KadbException;
import io.kadb.format.RowArrays;
import io.kadb.format.WantedColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How records of one schema become rows of one shape: steps along the fields, each of which reads
 * the value of a column or passes over what no column wants. Used by one thread at a time.
 */
final class RecordPlan {
  private static final int NOWHERE = -1;

  private final Step[] steps;
  private final ValueReader[] values;

  /** For each step the element of a row that its value goes to; {@link #NOWHERE} if to none. */
  private final int[] slots;

  private final RowArrays arrays;
  private final ColumnReaders readers;

  /**
   * One step.
   *
   * @param column the column it gives the value of; null for a step that only passes over fields
   * @param reader reads the value, or passes over the fields and gives null
   */
  record Step(@Nullable WantedColumn column, ValueReader reader) {}

  RecordPlan(List<Step> steps, RowArrays arrays, ColumnReaders readers) {
    this.steps = steps.toArray(Step[]::new);
    this.values = steps.stream().map(Step::reader).toArray(ValueReader[]::new);
    this.slots = steps.stream().mapToInt(RecordPlan::slot).toArray();
    this.arrays = arrays;
    this.readers = readers;
  }

  private static int slot(Step step) {
    return step.column == null ? NOWHERE : step.column.slot();
  }

  /** Begins a message of so many bytes. */
  void openMessage(int bytes) {
    readers.openMessage(bytes);
  }

  /** Reads one record as a row. */
  @Nullable Object[] row(AvroInput in) {
    @Nullable Object[] row = arrays.next();
    int i = 0;
    try {
      for (; i < values.length; i++) {
        Object value = values[i].read(in);
        int slot = slots[i];
        if (slot != NOWHERE) {
          row[slot] = value;
        }
      }
    } catch (KadbException e) {
      WantedColumn column = steps[i].column;
      throw column == null ? e : e.inColumn(column.name());
    }
    return row;
  }
}
