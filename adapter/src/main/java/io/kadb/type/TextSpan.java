package io.kadb.type;

/**
 * The text of a value where it stands among other bytes, in place of the value itself: exactly what
 * {@link TextOutput} would print of it. The one who made it shows another text in it later: whoever
 * takes it looks at it at once. Used by one thread.
 */
public final class TextSpan {
  private byte[] bytes = {};
  private int from;
  private int to;

  /** Shows bytes {@code [from, to)} from now on. */
  public TextSpan show(byte[] newBytes, int newFrom, int newTo) {
    bytes = newBytes;
    from = newFrom;
    to = newTo;
    return this;
  }

  /** Returns the bytes among which the text stands, in UTF-8. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns where it begins. */
  public int from() {
    return from;
  }

  /** Returns where it ends. */
  public int to() {
    return to;
  }
}
