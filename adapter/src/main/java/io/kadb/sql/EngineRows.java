package io.kadb.sql;

import io.kadb.catalog.ColumnDefinition;
import io.kadb.message.Message;
import io.kadb.scan.RowBatchBuilder;
import io.kadb.type.ColumnType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Rows for the engine: fills in the hidden columns and brings values into the engine's form. */
final class EngineRows implements RowMaker {
  /** What a row costs besides the message it came from, in bytes. */
  private static final int ROW_OVERHEAD = 48;

  private final PrecisionWatch precision;
  private final int width;
  private final List<HiddenSlot> hidden = new ArrayList<>();
  private final List<ConvertedSlot> converted = new ArrayList<>();
  private final RowBatchBuilder batch = new RowBatchBuilder();

  private record HiddenSlot(int slot, HiddenColumn column, boolean exactTimes) {
    @Nullable Object value(Message message, int row) {
      Object value = column.value(message, row);
      return exactTimes && value instanceof Long millis && column == HiddenColumn.TIMESTAMP
          ? (Object) (millis * EngineValues.MICROS)
          : value;
    }
  }

  private record ConvertedSlot(
      int slot, String column, ColumnType type, UnaryOperator<Object> conversion) {}

  /**
   * Creates the maker of the rows of a scan.
   *
   * @param precision is told of values that the engine cannot keep to the last digit
   */
  EngineRows(ScanSpec spec, PrecisionWatch precision) {
    this.precision = precision;
    this.width = spec.fields().size();
    List<ColumnDefinition> columns = spec.table().columns();
    for (int slot = 0; slot < spec.fields().size(); slot++) {
      int field = spec.fields().get(slot);
      if (field >= columns.size()) {
        HiddenColumn column = spec.table().hidden().get(field - columns.size());
        hidden.add(new HiddenSlot(slot, column, spec.exactTimes()));
      } else if (converts(columns.get(field).type(), spec.exactTimes())) {
        ColumnDefinition column = columns.get(field);
        converted.add(
            new ConvertedSlot(
                slot, column.name(), column.type(), EngineValues.toEngine(column.type())));
      }
    }
  }

  private static boolean converts(ColumnType type, boolean exactTimes) {
    return EngineValues.differ(type) && !(exactTimes && EngineValues.isTime(type));
  }

  @Override
  public RowBatchBuilder batch() {
    return batch;
  }

  @Override
  public void add(@Nullable Object[] row, Message message, int number) {
    for (HiddenSlot slot : hidden) {
      row[slot.slot()] = slot.value(message, number);
    }
    for (ConvertedSlot slot : converted) {
      Object value = row[slot.slot()];
      if (value != null) {
        if (EngineValues.loses(slot.type(), value)) {
          precision.lost(slot.column());
        }
        row[slot.slot()] = slot.conversion().apply(value);
      }
    }
    // The engine compares whole rows: values that were only checked must not stay behind.
    batch.row(row.length > width ? Arrays.copyOf(row, width) : row);
  }

  @Override
  public long heldBytes(int valueBytes, int rows) {
    return 2L * valueBytes + (long) ROW_OVERHEAD * rows;
  }
}
