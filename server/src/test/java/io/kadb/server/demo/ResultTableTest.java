package io.kadb.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  @Test
  void drawsNumbersToTheRightAndNullsByName() throws SQLException {
    assertThat(draw("SELECT 'long text' AS t, 5 AS number UNION ALL SELECT NULL, 1234 ORDER BY 2"))
        .isEqualTo(
            """
            +-----------+--------+
            | t         | number |
            +-----------+--------+
            | long text |      5 |
            | NULL      |   1234 |
            +-----------+--------+
            (2 rows)
            """);
  }

  @Test
  void drawsAnEmptyResult() throws SQLException {
    assertThat(draw("SELECT 'x' AS label WHERE 1 = 0")).contains("| label |").contains("(0 rows)");
  }

  private static String draw(String sql) throws SQLException {
    ByteArrayOutputStream drawn = new ByteArrayOutputStream();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      ResultTable.read(result).print(new PrintStream(drawn, true, StandardCharsets.UTF_8));
    }
    return drawn.toString(StandardCharsets.UTF_8);
  }
}
