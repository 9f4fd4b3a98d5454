package io.kadb.format;

import io.kadb.format.RowShape.ValueColumn;
import io.kadb.message.Message;
import io.kadb.type.ColumnType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shapes of rows for tests, and the rows that a decoder gives. */
public final class Shapes {
  private Shapes() {}

  /**
   * Returns a shape of columns that are all wanted, in order, from texts such as {@code "id integer
   * not null"}.
   */
  public static RowShape of(String... columns) {
    List<ValueColumn> made = new ArrayList<>();
    for (String column : columns) {
      made.add(column(column, Optional.of(made.size())));
    }
    return new RowShape(made, columns.length);
  }

  /** Returns a shape of which only one column is wanted, as the only element of a row. */
  public static RowShape wanting(int wanted, String... columns) {
    List<ValueColumn> made = new ArrayList<>();
    for (String column : columns) {
      made.add(column(column, made.size() == wanted ? Optional.of(0) : Optional.empty()));
    }
    return new RowShape(made, 1);
  }

  /** Returns a shape of which no column is wanted, of width 0. */
  public static RowShape wantingNothing(String... columns) {
    return new RowShape(Arrays.stream(columns).map(c -> column(c, Optional.empty())).toList(), 0);
  }

  /** Returns the shape with a default for its last column. */
  public static RowShape withLastDefault(RowShape shape, String defaultText) {
    List<ValueColumn> columns = new ArrayList<>(shape.columns());
    ValueColumn last = columns.remove(columns.size() - 1);
    columns.add(
        new ValueColumn(
            last.name(), last.type(), last.notNull(), Optional.of(defaultText), last.slot()));
    return new RowShape(columns, shape.width());
  }

  /** Returns the rows that a decoder makes of a message. */
  public static List<List<@Nullable Object>> rows(Decoder decoder, Message message) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    decoder.decode(message, row -> rows.add(Arrays.asList(row)));
    return rows;
  }

  private static ValueColumn column(String text, Optional<Integer> slot) {
    String notNull = " not null";
    boolean required = text.endsWith(notNull);
    String nameAndType = required ? text.substring(0, text.length() - notNull.length()) : text;
    int blank = nameAndType.indexOf(' ');
    return new ValueColumn(
        nameAndType.substring(0, blank),
        ColumnType.parse(nameAndType.substring(blank)),
        required,
        Optional.empty(),
        slot);
  }
}
