package io.kadb.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run of the laboratory was asked for.
 *
 * @param sections which sections to run, in this order; each of them if none is named
 * @param forms the forms of messages that are scanned
 * @param rows how many rows the large topics have
 * @param warmUps how many rounds come before those that count
 * @param rounds how many rounds count
 * @param trino whether Trino is measured as well
 * @param out the folder for the results
 */
record LabOptions(
    List<String> sections,
    List<Form> forms,
    long rows,
    int warmUps,
    int rounds,
    boolean trino,
    Path out) {
  private static final long ROWS = 2_000_000;
  private static final long QUICK_ROWS = 20_000;
  private static final long LEAST_ROWS = 1_000;
  private static final int WARM_UPS = 2;
  private static final int ROUNDS = 5;

  LabOptions {
    if (rows < LEAST_ROWS) {
      throw new IllegalArgumentException("--rows " + rows + " is less than " + LEAST_ROWS);
    }
    if (rounds < 1) {
      throw new IllegalArgumentException("--rounds " + rounds + " is less than 1");
    }
  }

  /** Reads the arguments of the command; {@code --out} is given by the script. */
  static LabOptions of(String... arguments) {
    List<String> sections = new ArrayList<>();
    List<Form> forms = new ArrayList<>();
    Optional<Long> rows = Optional.empty();
    Optional<Integer> rounds = Optional.empty();
    boolean quick = false;
    boolean trino = false;
    Path out = Path.of("");
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      switch (argument) {
        case "--quick" -> quick = true;
        case "--trino" -> trino = true;
        case "--form" ->
            forms.add(Form.valueOf(value(arguments, ++i, argument).toUpperCase(Locale.ROOT)));
        case "--rows" -> rows = Optional.of(number(arguments, ++i, argument));
        case "--rounds" -> rounds = Optional.of(Math.toIntExact(number(arguments, ++i, argument)));
        case "--out" -> out = Path.of(value(arguments, ++i, argument));
        default -> {
          if (argument.startsWith("-")) {
            throw new IllegalArgumentException(argument + " is not an option; try --help");
          }
          sections.add(argument);
        }
      }
    }
    return new LabOptions(
        sections,
        forms.isEmpty() ? List.of(Form.values()) : forms,
        rows.orElse(quick ? QUICK_ROWS : ROWS),
        quick ? 1 : WARM_UPS,
        rounds.orElse(quick ? 1 : ROUNDS),
        trino,
        out);
  }

  private static String value(String[] arguments, int index, String option) {
    if (index == arguments.length) {
      throw new IllegalArgumentException(option + " wants a value");
    }
    return arguments[index];
  }

  private static long number(String[] arguments, int index, String option) {
    String value = value(arguments, index, option);
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " " + value + " is not a number", e);
    }
  }

  /** Whether this is a full run: what it finds is worth keeping. */
  boolean full() {
    return rows >= ROWS && rounds >= ROUNDS;
  }
}
