package io.kadb.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.message.Message;
import io.kadb.type.TextOutput;
import io.kadb.type.TextSpan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of a decoder as texts, from values and from spans: both have to be the same. */
public final class PrintedRows {
  private int spans;

  private PrintedRows() {}

  /**
   * Checks that a format gives the same texts both ways.
   *
   * @return how many values came as spans
   */
  public static int agree(
      String format, Map<String, String> options, Message message, String... columns) {
    RowShape values = Shapes.of(columns);
    RowShape spans = new RowShape(values.columns(), values.width(), true);
    DecoderFactory decoders = Formats.of(format, FormatOptions.of(options));
    PrintedRows counted = new PrintedRows();
    List<List<@Nullable String>> expected =
        new PrintedRows().rows(decoders.decoder(values), values, message);
    assertThat(counted.rows(decoders.decoder(spans), spans, message)).isEqualTo(expected);
    assertThat(expected).isNotEmpty();
    return counted.spans;
  }

  private List<List<@Nullable String>> rows(Decoder decoder, RowShape shape, Message message) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    decoder.decode(
        message,
        row -> {
          List<@Nullable String> texts = new ArrayList<>();
          for (int i = 0; i < row.length; i++) {
            texts.add(text(row[i], shape.columns().get(i)));
          }
          rows.add(texts);
        });
    return rows;
  }

  private @Nullable String text(@Nullable Object value, RowShape.ValueColumn column) {
    if (value instanceof TextSpan span) {
      spans++;
      return new String(span.bytes(), span.from(), span.to() - span.from(), StandardCharsets.UTF_8);
    }
    return value == null ? null : TextOutput.of(column.type()).text(value);
  }
}
