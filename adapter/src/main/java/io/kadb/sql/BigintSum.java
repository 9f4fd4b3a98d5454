package io.kadb.sql;

import java.math.BigDecimal;

/**
 * The sum of BIGINT values, exact however large it becomes. The class is public because the
 * engine's generated code lies in no package; it is not meant for anybody else.
 */
public final class BigintSum {
  private long sum;

  /** What the sum was each time before it left the range of a long. */
  private BigDecimal carried = BigDecimal.ZERO;

  /** Creates the sum of no values. */
  public BigintSum() {}

  /** Adds a value. */
  public void add(long value) {
    long next = sum + value;
    boolean overflow = ((sum ^ next) & (value ^ next)) < 0;
    if (overflow) {
      carried = carried.add(BigDecimal.valueOf(sum));
      sum = value;
    } else {
      sum = next;
    }
  }

  /** Returns the sum of the values so far; zero if there is none. */
  public BigDecimal result() {
    return carried.add(BigDecimal.valueOf(sum));
  }
}
