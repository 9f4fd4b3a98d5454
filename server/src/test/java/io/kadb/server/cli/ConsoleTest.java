package io.kadb.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTest {
  private static final String AFTER = "\nSELECT 'still ' || 'here' AS a;\n";

  @ParameterizedTest
  @ValueSource(strings = {"quit", "quit;", "exit", " EXIT ;", "!quit"})
  void leavesAtTheWordsOfOtherShells(String word) throws IOException {
    assertThat(typed(word + AFTER)).doesNotContain("still here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "help;"})
  void helpsAtTheWordsOfOtherShells(String word) throws IOException {
    assertThat(typed(word + AFTER)).contains("!closeall").contains("still here");
  }

  @Test
  void takesOtherLinesAsSql() throws IOException {
    assertThat(typed("SELECT 'quit'\n;" + AFTER)).contains("| quit   |").contains("still here");
  }

  @Test
  void givesUpTheLineAtCtrlCAndNothingElse() {
    LineReader reader =
        reader(
            () -> {
              throw new UserInterruptException("SELECT");
            });
    assertThat(Console.prompting(reader).readLine("> ")).isEmpty();
  }

  @Test
  void endsAtTheEndOfInput() {
    LineReader reader =
        reader(
            () -> {
              throw new EndOfFileException();
            });
    assertThatThrownBy(() -> Console.prompting(reader).readLine("> "))
        .isInstanceOf(EndOfFileException.class);
  }

  /** What a shell prints when this is typed. */
  private static String typed(String text) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    Console console = new Console();
    console.setOutputStream(output);
    console.setErrorStream(output);
    String[] arguments = {"-u", "jdbc:sqlite:", "-n", "", "-p", "", "--color=false"};
    console.begin(
        arguments, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), false);
    return output.toString(StandardCharsets.UTF_8);
  }

  private static LineReader reader(Supplier<String> typed) {
    return (LineReader)
        Proxy.newProxyInstance(
            ConsoleTest.class.getClassLoader(),
            new Class<?>[] {LineReader.class},
            (proxy, method, arguments) -> typed.get());
  }
}
