package io.kadb.format.csv;

import io.kadb.format.Encoder;
import io.kadb.format.RowShape.ValueColumn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one record of a row, which {@link CsvDecoder} with the same options reads. An empty text,
 * and the text that means NULL, cannot be told from NULL in this format.
 */
public final class CsvEncoder implements Encoder {
  private final CsvOptions options;
  private final String header;

  /** Creates an encoder. */
  public CsvEncoder(List<ValueColumn> columns, CsvOptions options) {
    this.options = options;
    this.header =
        options.ignoreHeader()
            ? record(columns.stream().map(ValueColumn::name).toArray(String[]::new)) + "\n"
            : "";
  }

  @Override
  public byte[] encode(@Nullable String[] texts) {
    return (header + record(texts)).getBytes(StandardCharsets.UTF_8);
  }

  private String record(@Nullable String[] texts) {
    StringBuilder record = new StringBuilder();
    for (int i = 0; i < texts.length; i++) {
      if (i > 0) {
        record.append((char) options.delimiter());
      }
      append(record, texts[i] == null ? options.nullText() : texts[i]);
    }
    return record.toString();
  }

  private void append(StringBuilder record, String text) {
    if (!needsQuotes(text)) {
      record.append(text);
      return;
    }
    char quote = (char) options.quote();
    record.append(quote);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      record.append(c);
      if (c == quote) {
        record.append(c);
      }
    }
    record.append(quote);
  }

  private boolean needsQuotes(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == options.delimiter() || c == options.quote() || c == '\n' || c == '\r') {
        return true;
      }
    }
    return !text.isEmpty() && (isBlank(text.charAt(0)) || isBlank(text.charAt(text.length() - 1)));
  }

  private boolean isBlank(char c) {
    return c < 0x80 && options.isBlank((byte) c);
  }
}
