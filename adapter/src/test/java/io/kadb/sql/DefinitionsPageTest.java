package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.GeneratedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The statements on the page about definitions do what it says. */
class DefinitionsPageTest extends EmbeddedFixture {
  private static final Pattern BLOCK = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

  @Test
  void runsEveryStatementThatNeedsNoKafka() throws IOException, SQLException {
    List<String> run = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(GeneratedPage.find("docs/ddl.md")));
    while (block.find()) {
      for (String statement : block.group(1).replaceAll("--.*", "").split(";\\s*\n")) {
        String text = statement.strip();
        if (!text.isEmpty() && !isForm(text)) {
          run(text);
          run.add(text);
        }
      }
      sql.update("RESET search_path");
    }
    assertThat(run).hasSizeGreaterThan(10);
    assertThat(run).anyMatch(statement -> statement.contains("DEFAULT now()"));
  }

  /** Forms of statements have brackets, bars and dots for what a user writes. */
  private static boolean isForm(String text) {
    return text.contains("…") || text.contains("[") || text.matches("(?s)(CREATE|DROP) SCHEMA.*");
  }

  private void run(String text) throws SQLException {
    if (text.startsWith("SELECT") && text.contains("FROM airports")) {
      sql.rows("EXPLAIN " + text);
    } else if (text.matches("(?s)(SELECT|SHOW|EXPLAIN).*")) {
      sql.rows(text);
    } else {
      sql.update(text);
    }
  }
}
