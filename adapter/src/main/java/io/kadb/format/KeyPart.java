package io.kadb.format;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.message.Header;
import io.kadb.message.Message;
import io.kadb.message.TimestampType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns that come from the message's key, decoded as if it were a value. A message without a
 * key, or whose key gives no row, has no values for them: they are DEFAULT or NULL.
 */
final class KeyPart implements MessagePart {
  private final Decoder decoder;
  private final List<WantedColumn> columns;
  private final @Nullable Object[] values;
  private final RowSink keeping = this::keep;
  private boolean found;

  KeyPart(Decoder decoder, List<WantedColumn> columns) {
    this.decoder = decoder;
    this.columns = columns;
    this.values = new Object[columns.size()];
  }

  boolean isWanted() {
    return !columns.isEmpty();
  }

  @Override
  public void read(Message message) {
    found = false;
    try {
      if (message.key() != null) {
        decoder.decode(new KeyAsValue(message), keeping);
      }
      if (!found) {
        for (int i = 0; i < values.length; i++) {
          values[i] = columns.get(i).absentValue();
        }
      }
    } catch (KadbException e) {
      throw e.inPart(ColumnSource.Payload.KEY.label()).at(message.place());
    }
  }

  private void keep(@Nullable Object[] row) {
    if (found) {
      throw new KadbException(
          ErrorCode.BAD_MESSAGE_FORMAT, "found more than one row, wanted one at most");
    }
    found = true;
    for (int i = 0; i < values.length; i++) {
      values[i] = row[columns.get(i).slot()];
    }
  }

  @Override
  public void fill(@Nullable Object[] row) {
    for (int i = 0; i < values.length; i++) {
      row[columns.get(i).slot()] = values[i];
    }
  }

  private record KeyAsValue(Message message) implements Message {
    @Override
    public byte @Nullable [] value() {
      return message.key();
    }

    @Override
    public String topic() {
      return message.topic();
    }

    @Override
    public int partition() {
      return message.partition();
    }

    @Override
    public long offset() {
      return message.offset();
    }

    @Override
    public long timestampMillis() {
      return message.timestampMillis();
    }

    @Override
    public TimestampType timestampType() {
      return message.timestampType();
    }

    @Override
    public byte @Nullable [] key() {
      return message.key();
    }

    @Override
    public List<Header> headers() {
      return message.headers();
    }
  }
}
