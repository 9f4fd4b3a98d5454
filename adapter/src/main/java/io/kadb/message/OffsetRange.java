package io.kadb.message;

/**
 * A range {@code [start, end)} of offsets in one partition: start inclusive, end exclusive.
 *
 * @param start the first offset, 0 or more
 * @param end the offset after the last, not below start; {@link Long#MAX_VALUE} if the range has no
 *     end (no Kafka offset reaches it)
 */
public record OffsetRange(long start, long end) {
  public OffsetRange {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("not a range of offsets: [" + start + ", " + end + ")");
    }
  }

  /** Returns the range from an offset on, without an end. */
  public static OffsetRange from(long start) {
    return new OffsetRange(start, Long.MAX_VALUE);
  }

  /** Returns whether the range has an end. */
  public boolean bounded() {
    return end != Long.MAX_VALUE;
  }

  /** Returns whether the range holds no offset. */
  public boolean isEmpty() {
    return start == end;
  }

  @Override
  public String toString() {
    return "[" + start + ", " + (bounded() ? Long.toString(end) : "∞") + ")";
  }
}
