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
  private final Filling filling;

  SourcedDecoder(Decoder values, List<MessagePart> parts) {
    this.values = values;
    this.filling = new Filling(parts.toArray(MessagePart[]::new));
  }

  @Override
  public void decode(Message message, RowSink rows) {
    values.decode(message, filling.begin(message, rows));
  }

  /** Fills in rows of one message after the other. */
  private static final class Filling implements RowSink {
    private final MessagePart[] parts;
    private RowSink rows = row -> {};

    /** The message as long as its parts have not been read. */
    private @Nullable Message unread;

    Filling(MessagePart[] parts) {
      this.parts = parts;
    }

    RowSink begin(Message next, RowSink sink) {
      unread = next;
      rows = sink;
      return this;
    }

    @Override
    public void row(@Nullable Object[] row) {
      for (MessagePart part : parts) {
        if (unread != null) {
          part.read(unread);
        }
        part.fill(row);
      }
      unread = null;
      rows.row(row);
    }
  }
}
