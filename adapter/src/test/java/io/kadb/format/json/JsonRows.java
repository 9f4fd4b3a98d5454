package io.kadb.format.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.MessageLimits;
import io.kadb.format.RowShape;
import io.kadb.format.Shapes;
import io.kadb.format.TestMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a decoder of format json makes of messages, and short ways to write both. */
final class JsonRows {
  private JsonRows() {}

  static Decoder decoder(RowShape shape, MessageLimits limits) {
    return new JsonDecoder(shape, limits);
  }

  static RowShape path(String type, String path) {
    RowShape.ValueColumn column = Shapes.of("p " + type).columns().get(0);
    return new RowShape(
        List.of(
            new RowShape.ValueColumn(
                column.name(),
                column.type(),
                false,
                column.defaultText(),
                column.slot(),
                Optional.of(path))),
        1);
  }

  static String rows(RowShape shape, String message) {
    List<String> rows = new ArrayList<>();
    for (List<@Nullable Object> row : rowsOf(shape, signs(message))) {
      rows.add(String.join("/", row.stream().map(v -> v == null ? "∅" : shown(v)).toList()));
    }
    return String.join(";", rows);
  }

  private static String signs(String text) {
    return text.replace('↵', '\n').replace('←', '\r').replace('→', '\t');
  }

  private static String shown(Object value) {
    return value.toString().replace('\n', '↵').replace('\r', '←').replace('\t', '→');
  }

  static List<List<@Nullable Object>> rowsOf(RowShape shape, String message) {
    return Shapes.rows(decoder(shape, MessageLimits.DEFAULT), TestMessage.of(message));
  }

  static KadbException refusal(RowShape shape, String message) {
    KadbException e = catchThrowableOfType(KadbException.class, () -> rowsOf(shape, message));
    assertThat(e).as(message).isNotNull();
    return e;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
