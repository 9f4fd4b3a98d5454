package io.kadb.driver.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindTest {
  @ParameterizedTest
  @CsvSource({
    "bigint, BIGINT",
    "'numeric(10,2)', NUMERIC",
    "'character varying(5)', VARCHAR",
    "bpchar, CHAR",
    "timestamp(3) without time zone, TIMESTAMP",
    "timestamp with time zone, TIMESTAMPTZ",
    "TEXT, TEXT",
    "money, OTHER"
  })
  void knowsTypesByTheirNames(String name, Kind kind) {
    assertThat(Kind.of(name, Types.VARCHAR)).isEqualTo(kind);
  }

  @Test
  void fallsBackOnTheCode() {
    assertThat(Kind.of("INT4", Types.INTEGER)).isEqualTo(Kind.INTEGER);
    assertThat(Kind.of("", Types.TIMESTAMP)).isEqualTo(Kind.TIMESTAMP);
  }

  @Test
  void readsTheTypeThatTheServerSaysTheValuesAreOf() {
    ColumnShape.TypeShape travelling =
        new ColumnShape.TypeShape(Types.VARCHAR, "VARCHAR", "java.lang.String", true, false);
    ColumnShape.TypeShape original =
        travelling.original("kadb:2:numeric(10,2):java.math.BigDecimal");
    assertThat(original.code).isEqualTo(Types.NUMERIC);
    assertThat(original.name).isEqualTo("numeric(10,2)");
    assertThat(original.className).isEqualTo("java.math.BigDecimal");
    assertThat(travelling.original("")).isSameAs(travelling);
    assertThat(travelling.original("kadb:x:y:z")).isSameAs(travelling);
  }
}
