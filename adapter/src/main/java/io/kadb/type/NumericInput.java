package io.kadb.type;

import io.kadb.error.KadbException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Input of NUMERIC: decimal with point and exponent, {@code 0x}, {@code 0o}, {@code 0b},
 * underscores between digits. The value is rounded half away from zero to the type's scale.
 */
final class NumericInput implements TextInput {
  /** The most digits before and after the point that PostgreSQL's NUMERIC holds. */
  private static final int MAX_WHOLE_DIGITS = 131_072;

  private static final int MAX_FRACTION_DIGITS = 16_383;

  /** More characters than any number needs; the time to read one grows with their square. */
  private static final int MAX_LENGTH = 2 * (MAX_WHOLE_DIGITS + MAX_FRACTION_DIGITS);

  private static final int MAX_EXPONENT_LENGTH = 100;

  /** So many decimal digits fit into a long whatever they are. */
  private static final int SAFE_DIGITS = 18;

  private static final long[] TEN_TO = new long[SAFE_DIGITS + 1];

  private static final String DIGITS = "[0-9](?:_?[0-9])*+";
  private static final Pattern DECIMAL =
      Pattern.compile(
          "([+-]?(?:"
              + DIGITS
              + "(?:\\.(?:"
              + DIGITS
              + ")?+)?+|\\."
              + DIGITS
              + "))"
              + "(?:[eE]([+-]?"
              + DIGITS
              + "))?+");
  private static final Pattern BASED =
      Pattern.compile(
          "([+-]?)0(?:[xX]((?:_?[0-9a-fA-F])++)|[oO]((?:_?[0-7])++)|[bB]((?:_?[01])++))");
  private static final Pattern NOT_FINITE =
      Pattern.compile("nan|[+-]?inf(?:inity)?+", Pattern.CASE_INSENSITIVE);

  static {
    TEN_TO[0] = 1;
    for (int i = 1; i < TEN_TO.length; i++) {
      TEN_TO[i] = TEN_TO[i - 1] * 10;
    }
  }

  private final ColumnType type;

  /** Whether the type says precision and scale, and then what. */
  private final boolean limited;

  private final int precision;
  private final int scale;

  NumericInput(ColumnType type) {
    this.type = type;
    this.limited = type.precision().isPresent();
    this.precision = type.precision().orElse(0);
    this.scale = type.scale().orElse(0);
  }

  @Override
  public Object read(byte[] utf8, int from, int to) {
    boolean negative = from < to && utf8[from] == '-';
    int i = negative ? from + 1 : from;
    int digits = 0;
    int afterPoint = 0;
    boolean point = false;
    long unscaled = 0;
    for (; i < to; i++) {
      int digit = utf8[i] - '0';
      if (digit >= 0 && digit <= 9) {
        unscaled = unscaled * 10 + digit;
        digits++;
        afterPoint += point ? 1 : 0;
      } else if (utf8[i] == '.' && !point) {
        point = true;
      } else {
        return TextInput.super.read(utf8, from, to);
      }
    }
    int more = limited ? scale - afterPoint : 0;
    if (digits == 0 || more < 0 || digits + more > SAFE_DIGITS) {
      return TextInput.super.read(utf8, from, to);
    }
    unscaled *= TEN_TO[more];
    if (limited && precision < SAFE_DIGITS && unscaled >= TEN_TO[precision]) {
      return TextInput.super.read(utf8, from, to);
    }
    return BigDecimal.valueOf(negative ? -unscaled : unscaled, afterPoint + more);
  }

  @Override
  public Object read(String text) {
    String number = Ascii.trim(text);
    if (number.length() > MAX_LENGTH) {
      throw tooLong(text);
    }
    Matcher decimal = DECIMAL.matcher(number);
    if (decimal.matches()) {
      return fitted(text, decimal(text, decimal));
    }
    Matcher based = BASED.matcher(number);
    if (based.matches()) {
      return fitted(text, new BigDecimal(based(based)));
    }
    if (NOT_FINITE.matcher(number).matches()) {
      throw Refusal.numberOutOfRange(type, text).withHint(Refusal.DECLARE_TEXT);
    }
    refuseExponent(text, number);
    throw Refusal.badText(type, text);
  }

  /** Refuses a huge exponent as such, even if junk follows: PostgreSQL notices it first. */
  private void refuseExponent(String text, String number) {
    Matcher beginning = DECIMAL.matcher(number);
    if (beginning.lookingAt() && beginning.group(2) != null) {
      BigInteger exponent = new BigInteger(beginning.group(2).replace("_", ""));
      if (exponent.bitLength() >= Integer.SIZE - 1) {
        throw tooLong(text);
      }
    }
  }

  private BigDecimal decimal(String text, Matcher decimal) {
    BigDecimal value = new BigDecimal(decimal.group(1).replace("_", ""));
    if (decimal.group(2) == null) {
      return value;
    }
    if (decimal.group(2).length() > MAX_EXPONENT_LENGTH) {
      throw tooLong(text);
    }
    BigInteger exponent = new BigInteger(decimal.group(2).replace("_", ""));
    if (exponent.bitLength() >= Integer.SIZE - 1) {
      throw tooLong(text);
    }
    long newScale = (long) value.scale() - exponent.intValue();
    boolean fits = value.signum() == 0 || value.precision() - newScale <= MAX_WHOLE_DIGITS;
    if (!fits || newScale > Integer.MAX_VALUE) {
      throw tooLong(text);
    }
    if (value.signum() == 0) {
      return BigDecimal.valueOf(0, (int) Math.max(newScale, 0));
    }
    return new BigDecimal(value.unscaledValue(), (int) newScale);
  }

  private static BigInteger based(Matcher based) {
    int base = based.group(2) != null ? 16 : based.group(3) != null ? 8 : 2;
    String digits = based.group(base == 16 ? 2 : base == 8 ? 3 : 4).replace("_", "");
    BigInteger magnitude = new BigInteger(digits, base);
    return based.group(1).equals("-") ? magnitude.negate() : magnitude;
  }

  /** Returns the value with a scale that is not negative, within the type's limits. */
  private BigDecimal fitted(String text, BigDecimal value) {
    if (value.signum() != 0 && (long) value.precision() - value.scale() > MAX_WHOLE_DIGITS) {
      throw tooLong(text);
    }
    if (value.scale() > MAX_FRACTION_DIGITS) {
      throw tooLong(text);
    }
    BigDecimal fitted = limited ? rounded(value) : value;
    if (limited
        && fitted.signum() != 0
        && fitted.precision() - fitted.scale() > precision - scale) {
      throw Refusal.numberOutOfRange(type, text);
    }
    return fitted.scale() < 0 ? fitted.setScale(0) : fitted;
  }

  private BigDecimal rounded(BigDecimal value) {
    // A value far below the last digit kept would make setScale compute a huge power of ten.
    boolean vanishes = (long) value.precision() - value.scale() < -(long) scale - 1;
    return vanishes ? BigDecimal.valueOf(0, scale) : value.setScale(scale, RoundingMode.HALF_UP);
  }

  private KadbException tooLong(String text) {
    return Refusal.numberOutOfRange(type, text)
        .withHint(
            "NUMERIC holds "
                + MAX_WHOLE_DIGITS
                + " digits before the point and "
                + MAX_FRACTION_DIGITS
                + " after it");
  }
}
