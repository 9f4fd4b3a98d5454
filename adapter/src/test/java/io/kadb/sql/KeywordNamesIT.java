package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.kadb.testing.PostgresTest;
import io.kadb.testing.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The words of PostgreSQL, as it lists them itself. */
@PostgresTest
class KeywordNamesIT {
  private static Set<String> words(TestPostgres postgres, String categories) throws SQLException {
    Set<String> words = new TreeSet<>();
    try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
        ResultSet result =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT word FROM pg_get_keywords() WHERE catcode IN (" + categories + ")")) {
      while (result.next()) {
        words.add(result.getString(1));
      }
    }
    assertThat(words).isNotEmpty();
    return words;
  }

  @Test
  void areNamesOfColumnsTablesAndAliasesUnlessTheyAreReserved(TestPostgres postgres)
      throws SQLException {
    for (String word : words(postgres, "'U', 'C'")) {
      String w = word;
      assertThatCode(
              () -> {
                StatementParser.parse("SELECT " + w + " FROM t");
                StatementParser.parse("SELECT v FROM " + w);
                StatementParser.parse("SELECT v FROM s." + w + " JOIN t ON t.v = s." + w + ".v");
                StatementParser.parse(
                    ("SELECT v, w AS x, t.w AS w FROM t AS w WHERE w = 1 AND w IS NOT NULL"
                            + " GROUP BY w ORDER BY w")
                        .replaceAll("\\bw\\b", w));
              })
          .as(word)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void areReservedAsInPostgres(TestPostgres postgres) throws SQLException {
    assertThat(KeywordNames.RESERVED).containsAll(words(postgres, "'R', 'T'"));
    assertThat(words(postgres, "'U', 'C'")).doesNotContainAnyElementsOf(KeywordNames.RESERVED);
  }
}
