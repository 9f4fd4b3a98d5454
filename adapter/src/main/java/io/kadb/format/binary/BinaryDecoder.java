package io.kadb.format.binary;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.MessageLimits;
import io.kadb.format.RowArrays;
import io.kadb.format.RowShape;
import io.kadb.format.RowSink;
import io.kadb.format.WantedColumn;
import io.kadb.message.Message;
import io.kadb.type.TypeKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes one row of each message: its bytes are the one column, of type BYTEA. No value is NULL; a
 * value of no bytes is one.
 */
public final class BinaryDecoder implements Decoder {
  private final RowArrays arrays;
  private final Optional<WantedColumn> wanted;
  private final MessageLimits limits;

  /**
   * Creates a decoder.
   *
   * @throws KadbException HV004 if there is not exactly one column, of type BYTEA
   */
  public BinaryDecoder(RowShape shape, MessageLimits limits) {
    if (shape.columns().size() != 1) {
      throw unsuited("a single column, found " + shape.columns().size());
    }
    if (shape.columns().get(0).type().kind() != TypeKind.BYTEA) {
      throw unsuited("a column of type bytea, found " + shape.columns().get(0).type().sql())
          .inColumn(shape.columns().get(0).name());
    }
    this.arrays = new RowArrays(shape);
    this.wanted = WantedColumn.of(shape).stream().findFirst();
    this.limits = limits;
  }

  private static KadbException unsuited(String wanted) {
    return new KadbException(ErrorCode.COLUMNS_DO_NOT_SUIT_FORMAT, "format binary wants " + wanted)
        .withHint("format text reads messages that are the text of a value");
  }

  @Override
  public void decode(Message message, RowSink rows) {
    @Nullable Object[] row = arrays.next();
    try {
      byte[] value = message.value();
      limits.checkBytes(value == null ? 0 : value.length);
      if (wanted.isPresent()) {
        WantedColumn column = wanted.get();
        row[column.slot()] = value == null ? column.nullValue() : value.clone();
      }
    } catch (KadbException e) {
      throw e.at(message.place());
    }
    rows.row(row);
  }
}
