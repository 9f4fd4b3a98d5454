package io.kadb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kadb.format.RowShape.ValueColumn;
import io.kadb.type.ColumnType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowShapeTest {
  @Test
  void refusesASlotOutsideOfTheRow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RowShape(List.of(column("a", 1)), 1))
        .withMessageContaining("column a");
    assertThatCode(() -> new RowShape(List.of(column("a", 1)), 2)).doesNotThrowAnyException();
  }

  @Test
  void refusesTwoColumnsInOneSlot() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RowShape(List.of(column("a", 0), column("b", 0)), 2))
        .withMessageContaining("column b");
  }

  @Test
  void columnsThatAreNotWantedTakeNoSlot() {
    RowShape shape = Shapes.wanting(2, "a text", "b text", "c text");
    assertThat(shape.columns()).extracting(ValueColumn::slot).endsWith(Optional.of(0));
  }

  private static ValueColumn column(String name, int slot) {
    return new ValueColumn(name, ColumnType.TEXT, false, Optional.empty(), Optional.of(slot));
  }
}
