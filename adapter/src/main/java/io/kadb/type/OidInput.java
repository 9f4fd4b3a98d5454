package io.kadb.type;

import java.math.BigInteger;

/**
 * Input of OID: what C's {@code strtoul} takes in any base, so {@code 0x1F} and octal {@code 017}
 * too; negative numbers down to -2147483648 count from 2^32 downwards, as in PostgreSQL.
 */
final class OidInput implements TextInput {
  private static final int SAFE_DIGITS = 9;
  private static final BigInteger MOST = BigInteger.valueOf(0xFFFF_FFFFL);
  private static final BigInteger LEAST = BigInteger.valueOf(Integer.MIN_VALUE);
  private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(Long.SIZE);

  @Override
  public Object read(byte[] utf8, int from, int to) {
    if (from == to || to - from > SAFE_DIGITS || utf8[from] == '0') {
      return TextInput.super.read(utf8, from, to);
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = utf8[i] - '0';
      if (digit < 0 || digit > 9) {
        return TextInput.super.read(utf8, from, to);
      }
      value = value * 10 + digit;
    }
    return value;
  }

  @Override
  public Object read(String text) {
    int i = Ascii.skipSpaces(text, 0);
    boolean negative = i < text.length() && text.charAt(i) == '-';
    if (negative || (i < text.length() && text.charAt(i) == '+')) {
      i++;
    }
    int base = 10;
    if (IntegerInput.base(text, i) == 16 && IntegerInput.isDigitAt(text, i + 2, 16)) {
      base = 16;
      i += 2;
    } else if (i < text.length() && text.charAt(i) == '0') {
      base = 8;
    }
    int from = i;
    while (IntegerInput.isDigitAt(text, i, base)) {
      i++;
    }
    if (i == from) {
      throw Refusal.badText(ColumnType.OID, text);
    }
    BigInteger magnitude = new BigInteger(text.substring(from, i), base);
    if (magnitude.compareTo(TWO_64) >= 0) {
      throw Refusal.numberOutOfRange(ColumnType.OID, text);
    }
    if (Ascii.skipSpaces(text, i) != text.length()) {
      throw Refusal.badText(ColumnType.OID, text);
    }
    BigInteger value = signed(magnitude, negative);
    if (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0) {
      throw Refusal.numberOutOfRange(ColumnType.OID, text);
    }
    return value.longValue() & 0xFFFF_FFFFL;
  }

  /** Returns the number that 64 bits of C's unsigned arithmetic mean. */
  private static BigInteger signed(BigInteger magnitude, boolean negative) {
    BigInteger value = negative ? magnitude.negate() : magnitude;
    return BigInteger.valueOf(value.longValue());
  }
}
