package io.kadb.server.load.gpkafka;

import java.util.function.Function;

/**
 * A value of the file.
 *
 * @param value the text, without the quotes of YAML
 * @param line where it stands, from 1
 */
record Text(String value, int line) {
  /** Returns what the text means, from the same line. */
  Text map(Function<String, String> meaning) {
    return new Text(meaning.apply(value), line);
  }

  /** Names the line only: the value may be a secret. */
  @Override
  public String toString() {
    return "text in line " + line;
  }
}
