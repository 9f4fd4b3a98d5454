package io.kadb.format.delimited;

import io.kadb.format.Decoder;
import io.kadb.format.FormatOptions;
import io.kadb.format.Formats;
import io.kadb.format.Shapes;
import io.kadb.format.TestMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Messages and rows in tables of cases: {@code ↵} is LF, {@code ←} CR, {@code ·} a blank, {@code →}
 * a tab, {@code ∅} NULL and {@code ¢} an empty text; rows are separated by {@code ;} and values by
 * {@code /}.
 */
final class Fields {
  private Fields() {}

  /** Returns the rows that a message gives in two columns of text. */
  static String rows(String format, Map<String, String> options, String message) {
    Decoder decoder =
        Formats.of(format, FormatOptions.of(new HashMap<>(options)))
            .decoder(Shapes.of("a text", "b text"));
    return Shapes.rows(decoder, TestMessage.of(text(message))).stream()
        .map(Fields::shown)
        .collect(Collectors.joining(";"));
  }

  private static String text(String message) {
    return message.replace('↵', '\n').replace('←', '\r').replace('·', ' ').replace('→', '\t');
  }

  private static String shown(List<@Nullable Object> row) {
    return row.stream().map(Fields::shownValue).collect(Collectors.joining("/"));
  }

  private static String shownValue(@Nullable Object value) {
    if (value == null) {
      return "∅";
    }
    String text = value.toString();
    return text.isEmpty()
        ? "¢"
        : text.replace('\n', '↵').replace('\r', '←').replace(' ', '·').replace('\t', '→');
  }
}
