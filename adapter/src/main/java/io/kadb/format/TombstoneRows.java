package io.kadb.format;

import io.kadb.message.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A format in which a message without a value is one row, with NULL in the columns of the value:
 * key and position say what it is about. What has a value is read as ever. Safe for several
 * threads.
 *
 * @param format how values are read
 */
public record TombstoneRows(DecoderFactory format) implements DecoderFactory {
  @Override
  public Decoder decoder(RowShape shape) {
    return new Filling(format.decoder(shape), WantedColumn.of(shape), shape.width());
  }

  private record Filling(Decoder values, List<WantedColumn> columns, int width) implements Decoder {
    @Override
    public void decode(Message message, RowSink rows) {
      if (message.value() != null) {
        values.decode(message, rows);
        return;
      }
      @Nullable Object[] row = new @Nullable Object[width];
      for (WantedColumn column : columns) {
        row[column.slot()] = column.nullValue();
      }
      rows.row(row);
    }
  }
}
