package io.kadb.sql;

import io.kadb.catalog.ColumnDefinition;
import io.kadb.load.CopyColumn;
import io.kadb.load.CopyLine;
import io.kadb.message.Message;
import io.kadb.scan.RowBatchBuilder;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Rows that go into the warehouse as they are: text of COPY, written on the segment's thread. */
final class CopyTextRows implements RowMaker {
  private static final int LINE_ROOM = 1024;
  private static final int MESSAGE_OVERHEAD = 24;

  private final Column[] columns;
  private final CopyLine line = new CopyLine(LINE_ROOM);
  private final RowBatchBuilder batch = RowBatchBuilder.ofText();

  /**
   * A column of the text.
   *
   * @param slot its place in what the decoder gives
   * @param hidden what it is if it is no declared one
   */
  private record Column(int slot, @Nullable HiddenColumn hidden, CopyColumn output) {
    @Nullable Object value(@Nullable Object[] row, Message message, int number) {
      if (hidden == null) {
        return row[slot];
      }
      Object value = hidden.value(message, number);
      if (value instanceof ByteString bytes) {
        return bytes.getBytes();
      }
      return hidden == HiddenColumn.TIMESTAMP && value != null
          ? (Object) ((long) value * EngineValues.MICROS)
          : value;
    }
  }

  /** Creates the maker of the rows of a scan that are to be copied. */
  CopyTextRows(ScanSpec spec) {
    columns =
        spec.copied().orElseThrow().stream().map(slot -> column(spec, slot)).toArray(Column[]::new);
  }

  private static Column column(ScanSpec spec, int slot) {
    List<ColumnDefinition> declared = spec.table().columns();
    int field = spec.fields().get(slot);
    if (field < declared.size()) {
      return new Column(slot, null, new CopyColumn(declared.get(field).type()));
    }
    HiddenColumn hidden = spec.table().hidden().get(field - declared.size());
    return new Column(slot, hidden, new CopyColumn(hidden.type()));
  }

  @Override
  public RowBatchBuilder batch() {
    return batch;
  }

  @Override
  public void add(@Nullable Object[] decoded, Message message, int number) {
    line.clear();
    for (Column column : columns) {
      line.value(column.output(), column.value(decoded, message, number));
    }
    line.end();
    batch.row(line.bytes(), line.length());
  }

  /** The text itself is counted by the batch; what is left is where the message stood. */
  @Override
  public long heldBytes(int valueBytes, int rows) {
    return MESSAGE_OVERHEAD;
  }
}
