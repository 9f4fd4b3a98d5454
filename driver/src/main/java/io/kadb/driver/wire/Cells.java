package io.kadb.driver.wire;

import io.kadb.driver.value.AsciiValues;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive rows of a result, as they stand in the message that brought them: a value is made
 * when it is asked for, and most getters make it of the bytes without a detour. Cells are counted
 * row by row, from 0. Immutable.
 */
public final class Cells {
  /** No rows at all. */
  public static final Cells NONE = new Cells(new Builder(new byte[0]));

  private final byte[] json;
  private final int width;
  private final int rows;
  private final byte[] forms;
  private final int[] from;
  private final int[] to;

  private Cells(Builder built) {
    this.json = built.json;
    this.width = built.width;
    this.rows = built.rows;
    this.forms = built.forms;
    this.from = built.from;
    this.to = built.to;
  }

  /** Collects cells. */
  static final class Builder {
    private static final int FIRST_ROOM = 256;
    private static final int SPARE = 16;

    /** An array may be about as long as this; a message of so many cells would be longer. */
    private static final int MOST_GROWTH = 4;

    private static final int MOST_ROOM = Integer.MAX_VALUE - 8;

    private final byte[] json;
    private int width;
    private int rows;
    private int count;
    private int first;
    private byte[] forms = new byte[FIRST_ROOM];
    private int[] from = new int[FIRST_ROOM];
    private int[] to = new int[FIRST_ROOM];

    Builder(byte[] json) {
      this.json = json;
    }

    /** Adds a scalar: where its text begins and ends. */
    void add(byte form, int begin, int end) {
      if (count == 0) {
        first = begin;
      }
      if (count == forms.length) {
        int room = room(begin);
        forms = Arrays.copyOf(forms, room);
        from = Arrays.copyOf(from, room);
        to = Arrays.copyOf(to, room);
      }
      forms[count] = form;
      from[count] = begin;
      to[count] = end;
      count++;
    }

    /**
     * Returns the room for all cells, if those to come are about as long as those before. They may
     * be much longer, so that it grows step by step.
     */
    private int room(int begin) {
      long all = (long) count * (json.length - first) / (begin - first);
      long likely = Math.min(all + all / SPARE, MOST_GROWTH * (long) count);
      return (int) Math.min(Math.max(likely, count + count / 4), MOST_ROOM);
    }

    /** Ends a row; returns whether it is as long as those before. */
    boolean endRow() {
      if (rows == 0) {
        width = count;
      }
      rows++;
      return count == (long) rows * width;
    }

    Cells build() {
      return new Cells(this);
    }
  }

  /** Returns the number of rows. */
  public int rows() {
    return rows;
  }

  /** Returns the number of values in each row. */
  int width() {
    return width;
  }

  /** Returns the first cell of a row. */
  public int firstOf(int row) {
    return row * width;
  }

  public boolean isNull(int cell) {
    return forms[cell] == CellText.NULL;
  }

  /** Returns a value as String, Boolean, Integer, Long or null. */
  public @Nullable Object value(int cell) {
    return CellText.value(json, forms[cell], from[cell], to[cell]);
  }

  /** Returns whether {@link #whole} gives the value. */
  public boolean isWhole(int cell) {
    return forms[cell] == CellText.WHOLE;
  }

  public long whole(int cell) {
    return CellText.whole(json, from[cell], to[cell]);
  }

  /** Returns a number that is easily made a double, else NaN. */
  public double easyDouble(int cell) {
    boolean number = forms[cell] >= CellText.WHOLE && forms[cell] <= CellText.ASCII;
    return number ? AsciiValues.easyDouble(json, from[cell], to[cell]) : Double.NaN;
  }

  /** Returns a number of few digits, else null. */
  public @Nullable BigDecimal easyDecimal(int cell) {
    boolean number = forms[cell] >= CellText.WHOLE && forms[cell] <= CellText.ASCII;
    return number ? AsciiValues.easyDecimal(json, from[cell], to[cell]) : null;
  }

  /** Returns a date and time of the usual length, else null. */
  public @Nullable LocalDateTime easyTimestamp(int cell) {
    return forms[cell] == CellText.ASCII
        ? AsciiValues.easyTimestamp(json, from[cell], to[cell])
        : null;
  }
}
