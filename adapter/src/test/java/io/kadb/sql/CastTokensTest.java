package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How tightly {@code ::} binds: a cast that is written out must be parsed into the same. */
class CastTokensTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "a = b::int; a = (b::int)",
        "a::int = b; (a::int) = b",
        "a + b::int * c; a + (b::int) * c",
        "- b::int; - (b::int)",
        "not b::boolean; not (b::boolean)",
        "a = 't'::regclass::oid; a = (('t'::regclass)::oid)",
        "a between b::int and c::int; a between (b::int) and (c::int)",
        "a in (b::int, c.d::bigint); a in ((b::int), (c.d::bigint))",
        "a and (b = c)::boolean; a and ((b = c)::boolean)",
        "a = f(b, (c))::int and d; a = (f(b, (c))::int) and d",
        "a = s.f()::int; a = (s.f()::int)",
        "a = \"F\"(b)::int; a = (\"F\"(b)::int)",
        "a || case when b then case when c then d end else e end::text"
            + "; a || (case when b then case when c then d end else e end::text)",
        "a = s.t.\"C\"::varchar(3); a = (s.t.\"C\"::varchar(3))",
        "a = b::decimal(10, 2) + 1; a = (b::decimal(10, 2)) + 1",
        "a = b::double precision; a = (b::double precision)",
        "a = b::timestamp(3) without time zone and c; a = (b::timestamp(3) without time zone) and"
            + " c",
        "a = timestamp '2024-01-01 00:00:00'::date; a = (timestamp '2024-01-01 00:00:00'::date)",
        "a < ?::int or b; a < (?::int) or b",
        "a = 1.5::int; a = (1.5::int)",
        "a = (select b from c)::int; a = ((select b from c)::int)",
        "a = count(*)::int; a = (count(*)::int)",
      })
  void bindsMoreTightlyThanAnyOperator(String expression, String written) {
    assertThat(parsed(expression)).isEqualTo(parsed(written));
  }

  private static String parsed(String expression) {
    return StatementParser.parse("SELECT " + expression + " FROM t").toString();
  }
}
