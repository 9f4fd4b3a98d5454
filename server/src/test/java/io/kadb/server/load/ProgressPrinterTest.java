package io.kadb.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressPrinterTest {
  private static final String ERASE = "\r\u001b[K";

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);

  @Test
  void writesOneLineAnewOnATerminal() {
    try (ProgressPrinter printer = printer(true)) {
      printer.print();
      printer.print();
      assertThat(text()).startsWith(ERASE + "0 rows,").doesNotContain("\n");
      assertThat(text().split(ERASE.substring(1).replace("[", "\\["), -1)).hasSize(3);
    }
    assertThat(text()).endsWith(ERASE);
  }

  @Test
  void clearsTheLineBeforeItSaysSomethingElse() {
    try (ProgressPrinter printer = printer(true)) {
      printer.print();
      printer.say("something else");
      assertThat(text()).endsWith(ERASE + "kadb: something else\n");
    }
    assertThat(text()).endsWith("else\n");
  }

  @Test
  void leavesNoLineBehindWhatIsSaidAfterItsEnd() {
    ProgressPrinter printer = printer(true);
    printer.close();
    err.print("summary");
    printer.print();
    assertThat(text()).endsWith("summary");
  }

  @Test
  void writesLinesElsewhere() {
    try (ProgressPrinter printer = printer(false)) {
      printer.print();
      printer.print();
    }
    // The second would say nothing new.
    assertThat(text()).doesNotContain("\r").contains("kadb: 0 rows, 0 rows/s");
    assertThat(text().lines()).hasSize(1);
  }

  private ProgressPrinter printer(boolean live) {
    ProgressPrinter printer = new ProgressPrinter(new Progress(System::nanoTime), err, live);
    printer.start();
    return printer;
  }

  private String text() {
    return said.toString(StandardCharsets.UTF_8);
  }
}
