package io.kadb.sql;

import static io.kadb.sql.TableFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that the functions of SQL refuse are errors of the statement, not defects. */
class FunctionErrorsTest extends EmbeddedFixture {
  @BeforeEach
  void fill() throws SQLException {
    sql.update("INSERT INTO kadb.offsets VALUES (1, 0, 0), (1, 1, 10)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "22023|SELECT LN(-1)",
        "22023|SELECT LN(off) FROM kadb.offsets",
        "22023|SELECT CHR(-1)",
        "22023|SELECT 'a' LIKE 'a' ESCAPE 'xx'",
        "22023|SELECT CAST(off AS VARCHAR) SIMILAR TO '[' FROM kadb.offsets",
        "22023|SELECT REGEXP_REPLACE('a', '[', 'x')",
        "22023|SELECT OVERLAY('abc' PLACING 'x' FROM 0)",
        "22023|SELECT SUBSTRING('abc' FROM 1 FOR -1)",
        "22023|SELECT TRIM(BOTH 'xx' FROM 'abc')",
        "22032|SELECT JSON_VALUE('{', 'strict $.a' ERROR ON ERROR)",
        "22012|SELECT off / 0 FROM kadb.offsets",
        "22003|SELECT off + 9223372036854775807 FROM kadb.offsets",
        "21000|SELECT (SELECT off FROM kadb.offsets)",
        "21000|DELETE FROM kadb.offsets WHERE off = (SELECT off FROM kadb.offsets)",
        "0A000|SELECT * FROM kadb.load_partitions((SELECT min(ftoid) FROM kadb.offsets))"
      })
  void haveAStateThatSaysWhatIsWrong(String state, String statement) throws SQLException {
    String error = refused(state, () -> execute(statement));

    assertThat(error).doesNotContain("Exception", "Enumerable", "Source:");
    assertThat(offsets()).containsExactly("1|0|0", "1|1|10");
  }

  private void execute(String statement) throws SQLException {
    try (Statement run = sql.connection().createStatement()) {
      if (run.execute(statement)) {
        try (ResultSet result = run.getResultSet()) {
          while (result.next()) {
            result.getString(1);
          }
        }
      }
    }
  }

  @Test
  void knowWhoseSessionItIs() throws SQLException {
    assertThat(connect("user=ann").rows("SELECT CURRENT_USER, USER, SESSION_USER"))
        .containsExactly("ann|ann|ann");
  }
}
