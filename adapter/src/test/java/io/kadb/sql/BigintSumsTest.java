package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums of BIGINT are NUMERIC, as PostgreSQL's are, however large they become. */
class BigintSumsTest extends EmbeddedFixture {
  private static final String MAX = "9223372036854775807";
  private static final String MIN = "(-9223372036854775807 - 1)";
  private static final String VALUES =
      " FROM (VALUES (1, CAST("
          + MAX
          + " AS BIGINT)), (1, 1), (2, NULL), (3, 5), (3, 5), (3, -3))"
          + " AS v (k, n)";

  @Test
  void leaveTheRangeOfALongInBothDirectionsAndComeBack() {
    BigintSum sum = new BigintSum();
    assertThat(sum.result()).isEqualTo(BigDecimal.ZERO);
    sum.add(Long.MAX_VALUE);
    sum.add(1);
    assertThat(sum.result()).isEqualTo(new BigDecimal("9223372036854775808"));
    sum.add(Long.MIN_VALUE);
    sum.add(Long.MIN_VALUE);
    sum.add(Long.MIN_VALUE);
    assertThat(sum.result()).isEqualTo(new BigDecimal("-18446744073709551616"));
    sum.add(Long.MAX_VALUE);
    sum.add(Long.MAX_VALUE);
    sum.add(2);
    assertThat(sum.result()).isEqualByComparingTo(BigDecimal.ZERO);
  }

  @Test
  void areThoseOfBigIntegers() {
    RandomGenerator random = new SplittableRandom(7);
    BigintSum sum = new BigintSum();
    BigInteger wanted = BigInteger.ZERO;
    for (int i = 0; i < 10_000; i++) {
      long value = random.nextLong() >> random.nextInt(8);
      sum.add(value);
      wanted = wanted.add(BigInteger.valueOf(value));
      assertThat(sum.result().toBigIntegerExact()).isEqualTo(wanted);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sum(n)                                  | 9223372036854775815",
        "sum(n), count(n), min(n), max(n)        | 9223372036854775815;5;-3;" + MAX,
        "sum(n), sum(k)                          | 9223372036854775815;13",
        "sum(DISTINCT n)                         | 9223372036854775810",
        "sum(n) FILTER (WHERE k = 3)             | 7",
        "sum(n) FILTER (WHERE k = 2)             | null",
        "sum(n) FILTER (WHERE k = 9)             | null",
        "sum(n) FILTER (WHERE k > 1), sum(n)     | 7;9223372036854775815",
        "sum(n) + 1                              | 9223372036854775816",
        "sum(CAST(n AS NUMERIC(30))), sum(n)     | 9223372036854775815;9223372036854775815",
        "avg(n), sum(n)                          | 1844674407370955163.0000000000000000;"
            + "9223372036854775815",
      })
  void areExact(String select, String wanted) throws SQLException {
    assertThat(sql.value("SELECT " + select + VALUES)).isEqualTo(wanted.replace(';', '|'));
  }

  @Test
  void areExactInGroupsAndWindows() throws SQLException {
    assertThat(sql.rows("SELECT k, sum(n)" + VALUES + " GROUP BY k ORDER BY k"))
        .containsExactly("1|9223372036854775808", "2|null", "3|7");
    assertThat(sql.rows("SELECT k, sum(n)" + VALUES + " GROUP BY ROLLUP (k) ORDER BY k"))
        .contains("1|9223372036854775808", "2|null", "3|7", "null|9223372036854775815");
    assertThat(sql.rows("SELECT sum(n)" + VALUES + " GROUP BY n HAVING sum(n) > 5"))
        .containsExactlyInAnyOrder("10", MAX);
    assertThat(sql.rows("SELECT DISTINCT sum(n) OVER ()" + VALUES))
        .containsExactly("9223372036854775815");
    assertThat(sql.value("SELECT sum(n) FROM (VALUES " + MIN + ", " + MIN + ") AS v (n)"))
        .isEqualTo("-18446744073709551616");
    assertThat(sql.value("SELECT sum(n)" + VALUES + " WHERE k > 99")).isEqualTo("null");
  }

  @Test
  void areComputedWithoutACastOfEachValue() throws SQLException {
    assertThat(String.join("\n", sql.rows("EXPLAIN SELECT sum(off) FROM kadb.offsets")))
        .contains("Aggregate")
        .doesNotContain("DECIMAL");
  }
}
