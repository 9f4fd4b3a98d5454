package io.kadb.format.text;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.MessageLimits;
import io.kadb.format.RowArrays;
import io.kadb.format.RowShape;
import io.kadb.format.RowSink;
import io.kadb.format.WantedColumn;
import io.kadb.message.Message;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes one row of each message: the whole value is the one column, neither split nor trimmed. A
 * value that is null or empty is NULL.
 */
public final class TextDecoder implements Decoder {
  private final RowArrays arrays;
  private final Optional<WantedColumn> wanted;
  private final MessageLimits limits;

  /**
   * Creates a decoder.
   *
   * @throws KadbException HV004 if there is not exactly one column
   */
  public TextDecoder(RowShape shape, MessageLimits limits) {
    int columns = shape.columns().size();
    if (columns != 1) {
      throw new KadbException(
              ErrorCode.COLUMNS_DO_NOT_SUIT_FORMAT,
              "format text wants a single column, found " + columns)
          .withHint("use format csv, or declare one column");
    }
    List<WantedColumn> columnsUsed = WantedColumn.of(shape);
    this.arrays = new RowArrays(shape);
    this.wanted = columnsUsed.stream().findFirst();
    this.limits = limits;
  }

  @Override
  public void decode(Message message, RowSink rows) {
    @Nullable Object[] row = arrays.next();
    try {
      byte[] value = message.value();
      limits.checkBytes(value == null ? 0 : value.length);
      if (wanted.isPresent()) {
        WantedColumn column = wanted.get();
        row[column.slot()] =
            value == null || value.length == 0
                ? column.nullValue()
                : column.read(value, 0, value.length);
      }
    } catch (KadbException e) {
      throw e.at(message.place());
    }
    rows.row(row);
  }
}
