package io.kadb.format;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.RowShape.ValueColumn;
import io.kadb.type.PlainText;
import io.kadb.type.TextInput;
import io.kadb.type.TextSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A column that the statement uses: reads its text, and knows what NULL and absence mean. */
public final class WantedColumn {
  private final String name;
  private final int position;
  private final int slot;
  private final TextInput input;
  private final boolean notNull;
  private final @Nullable Object defaultValue;
  private final @Nullable PlainText plain;
  private final TextSpan span = new TextSpan();

  private WantedColumn(ValueColumn column, int position, int slot, boolean spans) {
    this.name = column.name();
    this.position = position;
    this.slot = slot;
    this.input = TextInput.of(column.type());
    this.notNull = column.notNull();
    this.plain = spans ? PlainText.of(column.type()) : null;
    this.defaultValue = column.defaultText().map(this::read).orElse(null);
  }

  /**
   * Returns the wanted columns of a shape in declared order.
   *
   * @throws KadbException if a default is no value of its column
   */
  public static List<WantedColumn> of(RowShape shape) {
    List<WantedColumn> wanted = new ArrayList<>();
    for (int i = 0; i < shape.columns().size(); i++) {
      ValueColumn column = shape.columns().get(i);
      if (column.slot().isPresent()) {
        wanted.add(new WantedColumn(column, i, column.slot().get(), shape.spans()));
      }
    }
    return List.copyOf(wanted);
  }

  /**
   * Returns a column for itself, at position 0, if it is wanted.
   *
   * @throws KadbException if its default is none of its values
   */
  public static Optional<WantedColumn> of(ValueColumn column) {
    return of(column, false);
  }

  /**
   * Returns a column for itself, as {@link #of(ValueColumn)}.
   *
   * @param spans as {@link RowShape} says
   */
  public static Optional<WantedColumn> of(ValueColumn column, boolean spans) {
    return column.slot().map(slot -> new WantedColumn(column, 0, slot, spans));
  }

  /** Returns the column's name. */
  public String name() {
    return name;
  }

  /** Returns the column's place among the declared columns, from 0. */
  public int position() {
    return position;
  }

  /** Returns the element of a row its value goes to. */
  public int slot() {
    return slot;
  }

  /**
   * Reads a value.
   *
   * @throws KadbException as {@link TextInput#read(String)}, with the column
   */
  public Object read(String text) {
    try {
      return input.read(text);
    } catch (KadbException e) {
      throw e.inColumn(name);
    }
  }

  /**
   * Reads a value from bytes {@code [from, to)}, or shows its text if the rows take it.
   *
   * @throws KadbException as {@link TextInput#read(byte[], int, int)}, with the column
   */
  public Object read(byte[] utf8, int from, int to) {
    if (plain != null) {
      int end = plain.end(utf8, from, to);
      if (end != PlainText.NOT_PLAIN) {
        return span.show(utf8, from, end);
      }
    }
    try {
      return input.read(utf8, from, to);
    } catch (KadbException e) {
      throw e.inColumn(name);
    }
  }

  /**
   * Returns null, where the message says NULL.
   *
   * @throws KadbException 23502 if the column refuses NULL
   */
  public @Nullable Object nullValue() {
    if (notNull) {
      throw new KadbException(ErrorCode.NULL_NOT_ALLOWED, "found NULL, wanted a value (NOT NULL)")
          .inColumn(name);
    }
    return null;
  }

  /**
   * Returns the column's default, where the message says nothing of the column.
   *
   * @throws KadbException 23502 if there is none and the column refuses NULL
   */
  public @Nullable Object absentValue() {
    return defaultValue != null ? defaultValue : nullValue();
  }
}
