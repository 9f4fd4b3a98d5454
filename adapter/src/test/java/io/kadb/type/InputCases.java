package io.kadb.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;

/**
 * Checks of text input. The expected texts and states are those a PostgreSQL server gave; {@code ·}
 * in a table stands for a blank.
 */
final class InputCases {
  private InputCases() {}

  /** Checks that a text is read to a value of the right class that prints as given. */
  static void reads(String type, String text, String printed) {
    ColumnType columnType = ColumnType.parse(type);
    Object value = TextInput.of(columnType).read(blanks(text));
    assertThat(value).isInstanceOf(columnType.kind().valueClass());
    assertThat(TextOutput.of(columnType).text(value)).isEqualTo(blanks(printed));
  }

  /** Checks that a text is refused with an SQLState. */
  static void refuses(String type, String text, String state) {
    KadbException e = refusal(ColumnType.parse(type), blanks(text));
    assertThat(e.sqlState()).as(e.getMessage()).isEqualTo(state);
  }

  static KadbException refusal(ColumnType type, String text) {
    KadbException e =
        catchThrowableOfType(KadbException.class, () -> TextInput.of(type).read(text));
    assertThat(e).as(() -> type + " " + KadbException.shown(text)).isNotNull();
    return e;
  }

  private static String blanks(String text) {
    return text.replace('·', ' ');
  }
}
