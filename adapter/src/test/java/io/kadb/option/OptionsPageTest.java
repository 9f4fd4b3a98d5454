package io.kadb.option;

import io.kadb.testing.GeneratedPage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The tables on the page {@code docs/options.md} are made from the code. */
class OptionsPageTest {
  @Test
  void showsTheTablesThatFollowFromTheCode() throws IOException {
    GeneratedPage.check("docs/options.md", OptionTables.all());
  }
}
