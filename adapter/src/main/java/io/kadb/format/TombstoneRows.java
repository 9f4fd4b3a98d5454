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
 * @param written whether rows are to be written, whose columns of the value may not be NULL where
 *     they are NOT NULL; of a row that is read nothing is known but that there is no value
 */
public record TombstoneRows(DecoderFactory format, boolean written) implements DecoderFactory {
  @Override
  public Decoder decoder(RowShape shape) {
    List<WantedColumn> checked = written ? WantedColumn.of(shape) : List.of();
    return new Filling(format.decoder(shape), checked, shape.width());
  }

  private record Filling(Decoder values, List<WantedColumn> checked, int width) implements Decoder {
    @Override
    public void decode(Message message, RowSink rows) {
      if (message.value() != null) {
        values.decode(message, rows);
        return;
      }
      checked.forEach(WantedColumn::nullValue);
      rows.row(new @Nullable Object[width]);
    }
  }
}
