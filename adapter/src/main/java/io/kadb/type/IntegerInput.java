package io.kadb.type;

/**
 * Input of SMALLINT, INTEGER and BIGINT: decimal, {@code 0x}, {@code 0o} or {@code 0b}, underscores
 * between digits, blanks around.
 */
final class IntegerInput implements TextInput {
  /** So many decimal digits fit into a long whatever they are. */
  private static final int SAFE_DIGITS = 18;

  private final ColumnType type;
  private final TypeKind kind;
  private final long min;
  private final long max;

  IntegerInput(ColumnType type) {
    this.type = type;
    this.kind = type.kind();
    this.max =
        switch (kind) {
          case SMALLINT -> Short.MAX_VALUE;
          case INTEGER -> Integer.MAX_VALUE;
          case BIGINT -> Long.MAX_VALUE;
          default -> throw new IllegalArgumentException(type.sql());
        };
    this.min = -max - 1;
  }

  @Override
  public Object read(byte[] utf8, int from, int to) {
    boolean negative = from < to && utf8[from] == '-';
    int i = negative ? from + 1 : from;
    int digits = to - i;
    if (digits < 1 || digits > SAFE_DIGITS) {
      return TextInput.super.read(utf8, from, to);
    }
    long value = 0;
    for (; i < to; i++) {
      int digit = utf8[i] - '0';
      if (digit < 0 || digit > 9) {
        return TextInput.super.read(utf8, from, to);
      }
      value = value * 10 + digit;
    }
    if (negative) {
      value = -value;
    }
    return value < min || value > max ? TextInput.super.read(utf8, from, to) : boxed(value);
  }

  @Override
  public Object read(String text) {
    int i = Ascii.skipSpaces(text, 0);
    boolean negative = i < text.length() && text.charAt(i) == '-';
    if (negative || (i < text.length() && text.charAt(i) == '+')) {
      i++;
    }
    int base = base(text, i);
    return boxed(digits(text, base == 10 ? i : i + 2, base, negative));
  }

  /** Returns 16, 8 or 2 if such a prefix stands at a place of the text, otherwise 10. */
  static int base(String text, int at) {
    if (at + 1 >= text.length() || text.charAt(at) != '0') {
      return 10;
    }
    return switch (text.charAt(at + 1)) {
      case 'x', 'X' -> 16;
      case 'o', 'O' -> 8;
      case 'b', 'B' -> 2;
      default -> 10;
    };
  }

  /**
   * Reads digits to the end of the text. As in PostgreSQL, too large a number is noticed at the
   * digit that makes it so, before whatever follows is looked at. The value is kept as an unsigned
   * number, which the magnitude of the least long needs.
   */
  private long digits(String text, int from, int base, boolean negative) {
    long magnitude = 0;
    int i = from;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '_') {
        // A prefix may be followed by an underscore; nothing else than a digit may follow one.
        boolean allowed = (i > from || base != 10) && isDigitAt(text, i + 1, base);
        if (!allowed) {
          throw Refusal.badText(type, text);
        }
        continue;
      }
      if (Ascii.digit(c) >= base) {
        break;
      }
      if (Long.compareUnsigned(magnitude, Long.divideUnsigned(max + 1, base)) > 0) {
        throw Refusal.numberOutOfRange(type, text);
      }
      magnitude = magnitude * base + Ascii.digit(c);
    }
    if (i == from || Ascii.skipSpaces(text, i) != text.length()) {
      throw Refusal.badText(type, text);
    }
    if (Long.compareUnsigned(magnitude, negative ? max + 1 : max) > 0) {
      throw Refusal.numberOutOfRange(type, text);
    }
    return negative ? -magnitude : magnitude;
  }

  static boolean isDigitAt(String text, int at, int base) {
    return at < text.length() && Ascii.digit(text.charAt(at)) < base;
  }

  private Object boxed(long value) {
    return switch (kind) {
      case SMALLINT -> (short) value;
      case INTEGER -> (int) value;
      default -> value;
    };
  }
}
