package io.kadb.format;

import io.kadb.error.KadbException;
import io.kadb.format.ColumnSource.NamedHeader;
import io.kadb.message.Header;
import io.kadb.message.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column that comes from a header: its value as UTF-8 text. Of several headers of the name, the
 * last one counts, as for Kafka's clients. Where there is none, or its value is null, the column is
 * DEFAULT or NULL; an empty value is the empty text.
 */
final class HeaderPart implements MessagePart {
  private final WantedColumn column;
  private final NamedHeader source;
  private @Nullable Object value;

  HeaderPart(WantedColumn column, NamedHeader source) {
    this.column = column;
    this.source = source;
  }

  @Override
  public void read(Message message) {
    byte[] text = last(message.headers());
    try {
      value = text == null ? column.absentValue() : column.read(text, 0, text.length);
    } catch (KadbException e) {
      throw e.inPart(source.label()).at(message.place());
    }
  }

  private byte @Nullable [] last(List<Header> headers) {
    for (int i = headers.size() - 1; i >= 0; i--) {
      if (headers.get(i).key().equals(source.name())) {
        return headers.get(i).value();
      }
    }
    return null;
  }

  @Override
  public void fill(@Nullable Object[] row) {
    row[column.slot()] = value;
  }
}
