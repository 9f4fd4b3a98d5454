package io.kadb.server.load.gpkafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import io.kadb.server.load.LoadJob;
import io.kadb.server.load.LoadJob.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Job files of tests: a right one of version 2, and what becomes of it with other lines. */
record JobFiles(Path folder) {
  /** Each of its keys stands in a line of its own, so that a test can say another value. */
  static final String RIGHT =
      """
      DATABASE: warehouse
      USER: loader
      PASSWORD: swordfish
      HOST: db
      PORT: 6432
      VERSION: 2
      KAFKA:
        INPUT:
          SOURCE:
            BROKERS: b1:9092, b2:9092
            TOPIC: orders
          VALUE:
            COLUMNS:
              - NAME: id
                TYPE: int
              - NAME: note
                TYPE: text
            FORMAT: csv
        OUTPUT:
          TABLE: orders
        COMMIT:
          MAX_ROW: 10
      """;

  /** Returns the right file with other lines in place of one. */
  static String with(String line, String... others) {
    String from = "\n" + line + "\n";
    assertThat("\n" + RIGHT).contains(from);
    String to = others.length == 0 ? "\n" : "\n" + String.join("\n", others) + "\n";
    return ("\n" + RIGHT).replace(from, to).substring(1);
  }

  /** Returns the right file with lines behind it. */
  static String and(String... lines) {
    return RIGHT + String.join("\n", lines) + "\n";
  }

  LoadJob read(String text) {
    return read(text, new ArrayList<>());
  }

  LoadJob read(String text, List<String> warnings) {
    return GpkafkaJob.read(file(text), warnings::add);
  }

  Source.Defined source(String text) {
    return (Source.Defined) read(text).source();
  }

  /** Returns the error of a file, whose places begin with {@code job.yaml:}. */
  KadbException refusal(String text) {
    KadbException e = catchThrowableOfType(KadbException.class, () -> read(text));
    assertThat(e).as(text).isNotNull();
    assertThat(e.getMessage()).startsWith(folder + "/job.yaml:");
    return e;
  }

  Path file(String text) {
    Path file = folder.resolve("job.yaml");
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
