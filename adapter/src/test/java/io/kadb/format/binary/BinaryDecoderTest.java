package io.kadb.format.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.MessageLimits;
import io.kadb.format.RowShape;
import io.kadb.format.Shapes;
import io.kadb.format.TestMessage;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Not made from the contract of decoders, whose messages are texts of numbers. */
class BinaryDecoderTest {
  @Test
  void givesTheBytesOfTheMessage() {
    byte[] bytes = {0, (byte) 0xFF, '\n', ','};
    assertThat(onlyValue(new TestMessage(bytes))).isEqualTo(bytes).isNotSameAs(bytes);
  }

  @Test
  void givesNoBytesForAnEmptyValueAndNullForNone() {
    assertThat(onlyValue(new TestMessage(new byte[0]))).isEqualTo(new byte[0]);
    assertThat(onlyValue(new TestMessage(null))).isNull();
  }

  @Test
  void refusesNullInANotNullColumn() {
    Decoder decoder = decoder(Shapes.of("b bytea not null"));
    KadbException e =
        catchThrowableOfType(
            KadbException.class, () -> Shapes.rows(decoder, new TestMessage(null)));
    assertThat(e.sqlState()).isEqualTo("23502");
    assertThat(e.getMessage()).contains("orders[3]@1842", "column b");
  }

  @Test
  void putsTheValueIntoItsSlotIfItIsWanted() {
    TestMessage message = TestMessage.of("x");
    RowShape second = new RowShape(Shapes.of("b bytea").columns(), 2);
    assertThat(Shapes.rows(decoder(second), message).get(0)).hasSize(2);
    assertThat(Shapes.rows(decoder(Shapes.wantingNothing("b bytea")), message))
        .isEqualTo(List.of(List.of()));
  }

  @Test
  void wantsExactlyOneColumnOfBytes() {
    for (RowShape shape :
        List.of(Shapes.of("a bytea", "b bytea"), Shapes.of(), Shapes.of("a text"))) {
      KadbException e = catchThrowableOfType(KadbException.class, () -> decoder(shape));
      assertThat(e.sqlState()).isEqualTo("HV004");
      assertThat(e.getMessage()).contains("format binary wants", "found");
    }
  }

  @Test
  void refusesMessagesLargerThanTheLimit() {
    Decoder decoder = new BinaryDecoder(Shapes.of("b bytea"), new MessageLimits(1, 2));
    assertThat(Shapes.rows(decoder, TestMessage.of("ab"))).hasSize(1);
    KadbException e =
        catchThrowableOfType(
            KadbException.class, () -> Shapes.rows(decoder, TestMessage.of("abc")));
    assertThat(e.sqlState()).isEqualTo("54000");
    assertThat(e.getMessage()).contains("orders[3]@1842", "k_max_message_bytes");
  }

  private static @Nullable Object onlyValue(TestMessage message) {
    List<List<@Nullable Object>> rows = Shapes.rows(decoder(Shapes.of("b bytea")), message);
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0)).hasSize(1);
    return Arrays.asList(rows.get(0).toArray()).get(0);
  }

  private static Decoder decoder(RowShape shape) {
    return new BinaryDecoder(shape, MessageLimits.DEFAULT);
  }
}
