package io.kadb.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.GeneratedPage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table on the page {@code docs/errors.md} is made from {@link ErrorCode}. */
class ErrorsPageTest {
  @Test
  void showsEveryCodeWithItsMeaningAndRemedy() throws IOException {
    GeneratedPage.check("docs/errors.md", Map.of("errors", table()));
  }

  @Test
  void givesEachKindOfErrorItsOwnState() {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::sqlState))
        .doesNotHaveDuplicates()
        .allMatch(state -> state.matches("[0-9A-Z]{5}"));
  }

  private static String table() {
    return "| SQLState | what it means | what to do |\n|---|---|---|\n"
        + Arrays.stream(ErrorCode.values())
            .sorted(Comparator.comparing(ErrorCode::sqlState))
            .map(
                code ->
                    "| `"
                        + code.sqlState()
                        + "` | "
                        + code.meaning()
                        + " | "
                        + code.remedy()
                        + " |")
            .collect(Collectors.joining("\n"));
  }
}
