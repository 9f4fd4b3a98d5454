package io.kadb.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlScriptTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "select 1|[select 1]",
        "select 1;|[select 1]",
        "a; b ;;  ; c|[a, b, c]",
        "select 'x;y'; b|[select 'x;y', b]",
        "select 'it''s;'; b|[select 'it''s;', b]",
        "select \"a;b\" as \"c\"\"d;\"; b|[select \"a;b\" as \"c\"\"d;\", b]",
        "select 1 -- no; cut|[select 1]",
        "select 1 /* no; cut */ + 1; b|[select 1               + 1, b]",
        "select /* a /* b; */ c; */ 1; b|[select                     1, b]",
        "select '--'; b|[select '--', b]",
        "select '/*'; b|[select '/*', b]",
        "select 1 - -1; b|[select 1 - -1, b]",
        "select 2 / 1 * 3|[select 2 / 1 * 3]",
        "select 'open; b|[select 'open; b]",
        "/* open; b|[]",
        "-- only a comment|[]",
        "a; !tables|[a, !tables]",
        "select 1 != 2; b|[select 1 != 2, b]",
      })
  void cutsAtSemicolonsOutsideOfLiteralsAndComments(String text, String statements) {
    assertThat(sql(text)).hasToString(statements);
  }

  @Test
  void endsACommandOfSqllineAtTheEndOfItsLine() {
    assertThat(sql("!set outputformat csv\nselect 1;\n  !tables\nselect\n!x;"))
        .containsExactly("!set outputformat csv", "select 1", "!tables", "select\n!x");
  }

  @Test
  void keepsTheLinesOfAStatement() {
    assertThat(sql("select 1, -- one\n /* two\n lines */ 2;"))
        .containsExactly("select 1, \n       \n          2");
  }

  @Test
  void knowsWhereEachStatementBegins() {
    SqlScript script = SqlScript.parse("-- a\n\nselect\n 1; /* b\n */ select 2;\n!tables\n  'x'");
    assertThat(script.statements())
        .extracting(s -> s.line() + ":" + s.column())
        .containsExactly("3:1", "5:5", "6:1", "7:3");
  }

  @Test
  void skipsAByteOrderMarkAtTheBeginningOnly() {
    assertThat(sql("\uFEFFselect '\uFEFF'")).containsExactly("select '\uFEFF'");
  }

  @Test
  void givesEachStatementTheCommentBeforeIt() {
    SqlScript script =
        SqlScript.parse("-- First,\n--   second.\nselect 1; select 2; -- third\nselect -- no\n 3;");
    assertThat(script.statements())
        .extracting(SqlScript.Statement::comment)
        .containsExactly("First,\nsecond.", "", "third");
  }

  private static List<String> sql(String text) {
    return SqlScript.parse(text).statements().stream().map(SqlScript.Statement::sql).toList();
  }
}
