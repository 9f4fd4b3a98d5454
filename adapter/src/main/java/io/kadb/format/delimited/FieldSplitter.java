package io.kadb.format.delimited;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits a message into rows of fields. A field without quotes and escapes stays where it is in the
 * message; any other is written anew into a buffer. Fields past the number kept are counted only.
 */
final class FieldSplitter {
  /** A buffer larger than this is not kept for the next row. */
  private static final int MAX_KEPT_BYTES = 1 << 20;

  /** No byte, signed or not. */
  private static final int NONE = Integer.MIN_VALUE;

  private final byte[] delimiter;

  /** What ends a row; empty for each of LF, CR and CRLF. */
  private final byte[] rowEnd;

  private final int quote;
  private final int escape;
  private final boolean escapesOutsideQuotes;

  /** The bytes with which something else than the text of a field may begin. */
  private final boolean[] stops = new boolean[256];

  private final byte[][] sources;
  private final int[] bounds;
  private final boolean[] quoted;
  private int count;

  private byte[] value = {};
  private int at;
  private byte[] buffer = {};
  private int length;

  /**
   * Creates a splitter.
   *
   * @param kept how many fields of a row can be asked for, 1 or more
   */
  FieldSplitter(FieldMarks marks, int kept) {
    this.delimiter = marks.delimiter().getBytes(StandardCharsets.UTF_8);
    this.rowEnd = marks.rowEnd().orElse("").getBytes(StandardCharsets.UTF_8);
    this.quote = marks.quote().map(c -> (int) c).orElse(NONE);
    this.escape = marks.escape().map(c -> (int) c).orElse(NONE);
    this.escapesOutsideQuotes = marks.escapesOutsideQuotes();
    this.sources = new byte[kept][];
    this.bounds = new int[2 * kept];
    this.quoted = new boolean[kept];
    stops[delimiter[0] & 0xFF] = true;
    stops[rowEnd.length > 0 ? rowEnd[0] & 0xFF : '\n'] = true;
    stops[rowEnd.length > 0 ? rowEnd[0] & 0xFF : '\r'] = true;
    marks.quote().ifPresent(c -> stops[c] = true);
    marks.escape().filter(c -> escapesOutsideQuotes).ifPresent(c -> stops[c] = true);
  }

  /** Begins a message. */
  void open(byte[] message) {
    value = message;
    at = 0;
  }

  /**
   * Goes on to the next row.
   *
   * @return whether there is one
   * @throws KadbException 22P04 if a quote in it is not closed
   */
  boolean next() {
    if (at >= value.length) {
      return false;
    }
    count = 0;
    length = 0;
    boolean more = true;
    while (more) {
      more = field();
    }
    return true;
  }

  /** Returns the number of fields of the row, 1 or more. */
  int count() {
    return count;
  }

  /** Returns the bytes that hold a field of the row. */
  byte[] bytes(int field) {
    return sources[field];
  }

  int from(int field) {
    return bounds[2 * field];
  }

  int to(int field) {
    return bounds[2 * field + 1];
  }

  /** Returns whether a field has no quotes and is exactly this text. */
  boolean isBare(int field, byte[] text) {
    return !quoted[field]
        && Arrays.equals(sources[field], from(field), to(field), text, 0, text.length);
  }

  private void add(byte[] source, int from, int to, boolean hasQuotes) {
    if (count < sources.length) {
      sources[count] = source;
      bounds[2 * count] = from;
      bounds[2 * count + 1] = to;
      quoted[count] = hasQuotes;
    }
    count++;
  }

  /** Reads a field and what is behind it, and returns whether another one of the row follows. */
  private boolean field() {
    int from = at;
    int i = from;
    while (true) {
      while (i < value.length && !stops[value[i] & 0xFF]) {
        i++;
      }
      int mark = i < value.length ? value[i] : NONE;
      if (mark >= 0 && (mark == quote || mark == escape && escapesOutsideQuotes)) {
        return rewritten(from, i);
      }
      if (i == value.length || rowEndAt(i) > 0 || isAt(delimiter, i)) {
        add(value, from, i, false);
        return passEnd(i);
      }
      i++;
    }
  }

  /** Goes past what ends a field, and returns whether that was a delimiter. */
  private boolean passEnd(int end) {
    if (end == value.length) {
      at = end;
      return false;
    }
    int row = rowEndAt(end);
    at = end + (row > 0 ? row : delimiter.length);
    return row == 0;
  }

  /** Reads the field that begins at a place and has its first quote or escape at another. */
  private boolean rewritten(int fieldFrom, int firstMark) {
    if (length == 0) {
      reserve(value.length - fieldFrom);
    }
    int from = length;
    copy(fieldFrom, firstMark);
    boolean hasQuotes = false;
    int i = firstMark;
    while (i < value.length) {
      int escaped = value[i] == escape && escapesOutsideQuotes ? markAt(i + 1) : 0;
      if (escaped > 0) {
        copy(i + 1, i + 1 + escaped);
        i += 1 + escaped;
      } else if (value[i] == quote) {
        hasQuotes = true;
        i = quotedPart(i + 1);
      } else if (rowEndAt(i) > 0 || isAt(delimiter, i)) {
        break;
      } else {
        buffer[length++] = value[i++];
      }
    }
    add(buffer, from, length, hasQuotes);
    return passEnd(i);
  }

  /** Reads on behind an opening quote, and returns the place behind the closing one. */
  private int quotedPart(int from) {
    int i = from;
    while (i < value.length) {
      int next = i + 1 < value.length ? value[i + 1] : NONE;
      if (value[i] == escape && next >= 0 && (next == escape || next == quote)) {
        buffer[length++] = value[i + 1];
        i += 2;
      } else if (value[i] == quote) {
        return i + 1;
      } else {
        buffer[length++] = value[i++];
      }
    }
    throw new KadbException(
        ErrorCode.BAD_MESSAGE_FORMAT,
        "found a quote at byte " + (from - 1) + " that is not closed, wanted a closing quote");
  }

  /** Returns the length of the mark at a place: what an escape makes part of a field. */
  private int markAt(int place) {
    if (place >= value.length) {
      return 0;
    }
    int b = value[place];
    if (b >= 0 && (b == escape || b == quote)) {
      return 1;
    }
    int row = rowEndAt(place);
    return row > 0 ? row : isAt(delimiter, place) ? delimiter.length : 0;
  }

  /** Returns the length of the row's end at a place, 0 if there is none. */
  private int rowEndAt(int place) {
    if (rowEnd.length > 0) {
      return isAt(rowEnd, place) ? rowEnd.length : 0;
    } else if (value[place] == '\r') {
      return place + 1 < value.length && value[place + 1] == '\n' ? 2 : 1;
    }
    return value[place] == '\n' ? 1 : 0;
  }

  private boolean isAt(byte[] mark, int place) {
    return value[place] == mark[0]
        && place + mark.length <= value.length
        && Arrays.equals(value, place, place + mark.length, mark, 0, mark.length);
  }

  private void copy(int from, int to) {
    System.arraycopy(value, from, buffer, length, to - from);
    length += to - from;
  }

  /** Sees to it that so many bytes fit: no field grows by being written anew. */
  private void reserve(int bytes) {
    if (buffer.length < bytes || (buffer.length > MAX_KEPT_BYTES && bytes <= MAX_KEPT_BYTES)) {
      buffer = new byte[Math.max(bytes, 256)];
    }
  }
}
