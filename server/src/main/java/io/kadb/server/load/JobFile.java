package io.kadb.server.load;

import io.kadb.error.KadbException;
import io.kadb.server.cli.ExitCode;
import io.kadb.server.load.gpkafka.GpkafkaJob;
import java.nio.file.Path;

/** Job files. */
final class JobFile {
  private JobFile() {}

  /**
   * Reads a job file; what is not wrong but worth a word goes to standard error.
   *
   * @throws LoadFailure if it cannot be read, or says something that is not understood
   */
  static LoadJob read(Path file) {
    try {
      return GpkafkaJob.read(file, warning -> System.err.println("kadb: " + warning));
    } catch (KadbException e) {
      throw new LoadFailure(e.getMessage(), ExitCode.WRONG_USAGE);
    }
  }
}
