package io.kadb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.error.Place;
import io.kadb.format.RowShape.ValueColumn;
import io.kadb.type.ColumnType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every decoder keeps to, whatever its format. Each decoder's test is made from this one. */
public abstract class DecoderContract {
  private static final MessageLimits LIMITS = new MessageLimits(1000, 1000);

  /** Returns a decoder of the format. */
  protected abstract Decoder decoder(RowShape shape, MessageLimits limits);

  /**
   * Returns the declared columns that the messages below have: the first is {@code n integer}; a
   * format for a single column has only that.
   */
  protected abstract List<String> columns();

  /** Returns a message of one row: {@code n} is the text given, other columns have any value. */
  protected abstract byte[] message(String n);

  /** Returns the rows that a message without a value or with an empty one gives. */
  protected abstract int rowsOfNoValue();

  @Test
  void decodesValuesToTheClassesOfTheirTypes() {
    List<@Nullable Object> row = onlyRow(all(), message("42"));
    assertThat(row.get(0)).isEqualTo(42);
    for (int i = 0; i < columns().size(); i++) {
      assertThat(row.get(i)).isInstanceOf(all().columns().get(i).type().kind().valueClass());
    }
  }

  @Test
  void putsValuesIntoTheirSlotsAndLeavesOtherElementsAlone() {
    List<ValueColumn> columns = new ArrayList<>(all().columns());
    ValueColumn first = columns.get(0);
    columns.replaceAll(c -> with(c, Optional.empty()));
    columns.set(0, with(first, Optional.of(2)));
    assertThat(onlyRow(new RowShape(columns, 4), message("42")))
        .isEqualTo(Arrays.asList(null, null, 42, null));
  }

  @Test
  void doesNotDecodeColumnsThatAreNotWanted() {
    RowShape shape = Shapes.wantingNothing(columns().toArray(String[]::new));
    assertThat(onlyRow(new RowShape(shape.columns(), 1), message("x"))).hasSize(1);
    assertThat(refusal(all(), message("x"))).isNotNull();
  }

  @Test
  void givesRowsOfWidthZero() {
    RowShape shape = Shapes.wantingNothing(columns().toArray(String[]::new));
    assertThat(onlyRow(shape, message("42"))).isEmpty();
  }

  @Test
  void givesANewArrayForEachRow() {
    List<Object> arrays = new ArrayList<>();
    Decoder decoder = decoder(all(), LIMITS);
    decoder.decode(new TestMessage(message("1")), arrays::add);
    decoder.decode(new TestMessage(message("2")), arrays::add);
    assertThat(arrays.get(0)).isNotSameAs(arrays.get(1));
    assertThat(((Object[]) arrays.get(0))[0]).isEqualTo(1);
  }

  @Test
  void errorsNameColumnAndMessageAndWhatWasFoundAndWanted() {
    KadbException e = refusal(all(), message("12abc"));
    assertThat(e.code()).isEqualTo(ErrorCode.BAD_TEXT);
    assertThat(e.column()).contains("n");
    assertThat(e.place()).contains(new Place("orders", 3, 1842));
    assertThat(e.getMessage()).contains("orders[3]@1842", "column n", "12abc", "integer");
  }

  @Test
  void decodesOnAfterAnError() {
    Decoder decoder = decoder(all(), LIMITS);
    catchThrowableOfType(
        KadbException.class, () -> Shapes.rows(decoder, new TestMessage(message("x"))));
    assertThat(Shapes.rows(decoder, new TestMessage(message("42")))).hasSize(1);
  }

  @Test
  void messagesWithoutValueGiveTheRowsOfTheFormat() {
    for (byte @Nullable [] value : new byte @Nullable [][] {null, {}}) {
      List<List<@Nullable Object>> rows =
          Shapes.rows(decoder(all(), LIMITS), new TestMessage(value));
      assertThat(rows).hasSize(rowsOfNoValue());
      assertThat(rows).allSatisfy(row -> assertThat(row).containsOnlyNulls());
    }
  }

  @Test
  void refusesMessagesLargerThanTheLimit() {
    byte[] message = message("42");
    MessageLimits fits = new MessageLimits(1, message.length);
    MessageLimits tooSmall = new MessageLimits(1, message.length - 1);
    assertThat(Shapes.rows(decoder(all(), fits), new TestMessage(message))).hasSize(1);
    KadbException e =
        catchThrowableOfType(
            KadbException.class,
            () -> Shapes.rows(decoder(all(), tooSmall), new TestMessage(message)));
    assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE);
    assertThat(e.getMessage()).contains("orders[3]@1842", "k_max_message_bytes");
  }

  @Test
  void refusesADefaultThatIsNoValueOfItsColumn() {
    RowShape shape =
        new RowShape(
            all().columns().stream()
                .map(
                    c ->
                        c.type().equals(ColumnType.INTEGER)
                            ? new ValueColumn(
                                c.name(), c.type(), false, Optional.of("zero"), c.slot())
                            : c)
                .toList(),
            all().width());
    KadbException e = catchThrowableOfType(KadbException.class, () -> decoder(shape, LIMITS));
    assertThat(e.column()).contains("n");
  }

  private RowShape all() {
    return Shapes.of(columns().toArray(String[]::new));
  }

  private static ValueColumn with(ValueColumn column, Optional<Integer> slot) {
    return new ValueColumn(
        column.name(), column.type(), column.notNull(), column.defaultText(), slot);
  }

  private List<@Nullable Object> onlyRow(RowShape shape, byte[] message) {
    List<List<@Nullable Object>> rows =
        Shapes.rows(decoder(shape, LIMITS), new TestMessage(message));
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private KadbException refusal(RowShape shape, byte[] message) {
    KadbException e =
        catchThrowableOfType(
            KadbException.class,
            () -> Shapes.rows(decoder(shape, LIMITS), new TestMessage(message)));
    assertThat(e).isNotNull();
    return e;
  }
}
