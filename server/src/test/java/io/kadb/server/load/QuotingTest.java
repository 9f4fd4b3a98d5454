package io.kadb.server.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kadb.catalog.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotingTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "orders, public, orders",
        "Sales.Orders, sales, orders",
        "'Sales.\"Or.ders\"', sales, Or.ders",
        "pg.public.t, public, t",
        "'pg.\"a\"\"b\".t', 'a\"b', t"
      })
  void readsNamesOfTables(String text, String schema, String table) {
    assertThat(Quoting.tableName(text)).isEqualTo(new TableName(schema, table));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.", ".a", "a b", "x.public.t", "a;b", "\"\"", "a.b.c.d"})
  void refusesWhatIsNoName(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Quoting.tableName(text));
  }

  @Test
  void knowsAnExpressionThatIsNothingButAColumn() {
    assertThat(Quoting.columnIn(" Id ")).hasValue("id");
    assertThat(Quoting.columnIn("\"Id\"")).hasValue("Id");
    assertThat(Quoting.columnIn("id + 1")).isEmpty();
    assertThat(Quoting.columnIn("f(id)")).isEmpty();
  }

  @Test
  void doublesQuotesInsideOfNamesAndTexts() {
    assertThat(Quoting.table(new TableName("a\"b", "T"))).isEqualTo("\"a\"\"b\".\"T\"");
    assertThat(Quoting.regclass(new TableName("a", "it's"))).isEqualTo("'\"a\".\"it''s\"'");
  }
}
