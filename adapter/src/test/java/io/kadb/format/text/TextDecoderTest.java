package io.kadb.format.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.DecoderContract;
import io.kadb.format.MessageLimits;
import io.kadb.format.RowShape;
import io.kadb.format.Shapes;
import io.kadb.format.TestMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextDecoderTest extends DecoderContract {
  @Override
  protected Decoder decoder(RowShape shape, MessageLimits limits) {
    return new TextDecoder(shape, limits);
  }

  @Override
  protected List<String> columns() {
    return List.of("n integer");
  }

  @Override
  protected byte[] message(String n) {
    return n.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected int rowsOfNoValue() {
    return 1;
  }

  @ParameterizedTest
  @ValueSource(strings = {" a ", "a,b\nc", "\"a\"", "\n", " ", "ä😀", "\\N", "\uFEFFa"})
  void takesTheWholeValueAsItIs(String value) {
    assertThat(Shapes.rows(decoder(Shapes.of("value text")), TestMessage.of(value)))
        .isEqualTo(List.of(List.of(value)));
  }

  @Test
  void readsTheValueByTheColumnsType() {
    assertThat(Shapes.rows(decoder(Shapes.of("value date")), TestMessage.of("2024-02-29")))
        .isEqualTo(List.of(List.of(19782)));
  }

  @Test
  void refusesNullInANotNullColumn() {
    KadbException e =
        catchThrowableOfType(
            KadbException.class,
            () -> Shapes.rows(decoder(Shapes.of("value text not null")), new TestMessage(null)));
    assertThat(e.sqlState()).isEqualTo("23502");
    assertThat(e.getMessage()).contains("orders[3]@1842", "column value");
  }

  @Test
  void givesNullForNoValueEvenIfThereIsADefault() {
    RowShape shape = Shapes.withLastDefault(Shapes.of("value text"), "x");
    assertThat(Shapes.rows(decoder(shape), TestMessage.of("")))
        .isEqualTo(List.of(Arrays.asList((Object) null)));
  }

  @Test
  void refusesMalformedUtf8() {
    TestMessage message = new TestMessage(new byte[] {'a', (byte) 0xFF});
    KadbException e =
        catchThrowableOfType(
            KadbException.class, () -> Shapes.rows(decoder(Shapes.of("value text")), message));
    assertThat(e.sqlState()).isEqualTo("22021");
  }

  @Test
  void wantsExactlyOneColumn() {
    for (RowShape shape : List.of(Shapes.of("a text", "b text"), Shapes.of())) {
      KadbException e = catchThrowableOfType(KadbException.class, () -> decoder(shape));
      assertThat(e.sqlState()).isEqualTo("HV004");
      assertThat(e.getMessage()).contains("single column", "found " + shape.columns().size());
    }
  }

  private static Decoder decoder(RowShape shape) {
    return new TextDecoder(shape, MessageLimits.DEFAULT);
  }
}
