package io.kadb.server;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * One run of the command line in this JVM, with what it printed.
 *
 * @param exitCode its exit code
 * @param output what it wrote to standard output
 * @param errors what it wrote to standard error
 */
public record Captured(int exitCode, String output, String errors) {
  /** Runs the command line; standard output and error of the JVM are ours meanwhile. */
  public static Captured run(String... arguments) {
    PrintStream output = System.out;
    PrintStream errors = System.err;
    ByteArrayOutputStream capturedOutput = new ByteArrayOutputStream();
    ByteArrayOutputStream capturedErrors = new ByteArrayOutputStream();
    System.setOut(new PrintStream(capturedOutput, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(capturedErrors, true, StandardCharsets.UTF_8));
    try {
      int exitCode = Kadb.run(arguments);
      return new Captured(
          exitCode,
          capturedOutput.toString(StandardCharsets.UTF_8),
          capturedErrors.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(output);
      System.setErr(errors);
    }
  }
}
