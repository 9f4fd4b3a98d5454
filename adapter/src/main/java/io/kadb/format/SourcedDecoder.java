package io.kadb.format;

import io.kadb.message.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds to the rows that the message's value gives what comes from its other parts. Those are read
 * when there is a row: what a message without rows has for a key does not matter.
 */
final class SourcedDecoder implements Decoder {
  private final Decoder values;
  private final MessagePart[] parts;

  SourcedDecoder(Decoder values, List<MessagePart> parts) {
    this.values = values;
    this.parts = parts.toArray(MessagePart[]::new);
  }

  @Override
  public void decode(Message message, RowSink rows) {
    values.decode(message, new Filling(message, rows));
  }

  private final class Filling implements RowSink {
    private final Message message;
    private final RowSink rows;
    private boolean read;

    Filling(Message message, RowSink rows) {
      this.message = message;
      this.rows = rows;
    }

    @Override
    public void row(@Nullable Object[] row) {
      for (MessagePart part : parts) {
        if (!read) {
          part.read(message);
        }
        part.fill(row);
      }
      read = true;
      rows.row(row);
    }
  }
}
