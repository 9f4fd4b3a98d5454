package io.kadb.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptPlaceTest {
  private static final ScriptPlace PLACE = new ScriptPlace("a.sql", 10, 5);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "line 1, column 8: no such|a.sql:10: line 10, column 12: no such",
        "line 3, column 8: no such|a.sql:12: line 12, column 8: no such",
        "syntax error at line 2, column 1: x|a.sql:11: syntax error at line 11, column 1: x",
        "syntax error: found x at line 2, column 1.|a.sql:11: syntax error: found x at line 11, column 1.",
        "orders[0]@7: line 2, column 1: x|a.sql:10: orders[0]@7: line 2, column 1: x",
        "line 9999999999, column 1: x|a.sql:10: line 9999999999, column 1: x",
        "no place|a.sql:10: no place",
      })
  void tellsThePlaceInTheScript(String text, String located) {
    assertThat(PLACE.locate(text)).isEqualTo(located);
  }
}
