package io.kadb.examples;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files under test lie; tests may be started from the module or from the root. */
final class Repository {
  private Repository() {}

  static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("sql-examples")) ? here : here.getParent();
  }

  static Path examples() {
    return root().resolve("sql-examples");
  }
}
