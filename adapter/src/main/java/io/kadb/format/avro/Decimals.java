package io.kadb.format.avro;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.type.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Reads decimals: big-endian two's complement numbers with the scale of their schema, or else of
 * the column, or else 0; then brought to the column's scale.
 */
final class Decimals {
  /** The most digits before and after the point that PostgreSQL's NUMERIC holds. */
  private static final int MAX_WHOLE_DIGITS = 131_072;

  private static final int MAX_SCALE = 16_383;

  /** More bytes than any NUMERIC needs; the time to convert them grows faster than their number. */
  private static final int MAX_BYTES = (MAX_WHOLE_DIGITS + MAX_SCALE) * 10 / 24;

  /** So many decimal digits fit into a long whatever they are. */
  private static final int SAFE_DIGITS = 18;

  private final ColumnType type;
  private final boolean limited;
  private final int precision;
  private final int columnScale;
  private final int scale;

  /** Unscaled values below this are within the column's limits as they are. */
  private final long plainLimit;

  Decimals(ColumnType type, Meaning meaning) {
    this.type = type;
    this.limited = type.precision().isPresent();
    this.precision = type.precision().orElse(0);
    this.columnScale = type.scale().orElse(0);
    this.scale = meaning.scale().map(Decimals::scale).orElse(columnScale);
    this.plainLimit = plainLimit();
  }

  private long plainLimit() {
    if (scale == Integer.MAX_VALUE || (limited && (scale != columnScale || columnScale < 0))) {
      return 0;
    }
    int digits = limited ? precision : SAFE_DIGITS;
    return digits > SAFE_DIGITS ? Long.MAX_VALUE : BigDecimal.TEN.pow(digits).longValueExact();
  }

  /** Returns the scale a schema gives, or one that no value can have if it is no such number. */
  private static int scale(Object given) {
    boolean possible = given instanceof Integer number && number >= 0 && number <= MAX_SCALE;
    return possible ? (Integer) given : Integer.MAX_VALUE;
  }

  BigDecimal read(byte[] bytes, int from, int length) {
    if (scale == Integer.MAX_VALUE) {
      throw new KadbException(
          ErrorCode.BAD_BINARY,
          "the schema's decimal has a scale that is none, wanted 0 to " + MAX_SCALE);
    }
    if (length == 0) {
      throw new KadbException(
          ErrorCode.BAD_BINARY, "found a decimal of no bytes, wanted " + type.sql());
    }
    if (length > Long.BYTES) {
      if (length > MAX_BYTES) {
        throw outOfRange("a decimal of " + length + " bytes");
      }
      return fitted(new BigDecimal(new BigInteger(bytes, from, length), scale));
    }
    long unscaled = bytes[from];
    for (int i = 1; i < length; i++) {
      unscaled = unscaled << 8 | bytes[from + i] & 0xFF;
    }
    BigDecimal value = BigDecimal.valueOf(unscaled, scale);
    // To count its digits takes longer than all the rest.
    return -plainLimit < unscaled && unscaled < plainLimit ? value : fitted(value);
  }

  BigDecimal of(long value) {
    return fitted(BigDecimal.valueOf(value));
  }

  private BigDecimal fitted(BigDecimal value) {
    BigDecimal fitted =
        limited && value.scale() != columnScale
            ? value.setScale(columnScale, RoundingMode.HALF_UP)
            : value;
    int whole = limited ? precision - columnScale : MAX_WHOLE_DIGITS;
    if (fitted.signum() != 0 && fitted.precision() - fitted.scale() > whole) {
      throw outOfRange(KadbException.shown(value.toString()));
    }
    return fitted.scale() < 0 ? fitted.setScale(0) : fitted;
  }

  private KadbException outOfRange(String found) {
    return new KadbException(
        ErrorCode.NUMBER_OUT_OF_RANGE,
        "found " + found + ", wanted " + type.sql() + " in its range");
  }
}
