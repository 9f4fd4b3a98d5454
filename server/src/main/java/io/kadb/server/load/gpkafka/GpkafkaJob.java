package io.kadb.server.load.gpkafka;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.server.load.LoadJob;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Job files of gpkafka, versions 1 and 2. Every key that gpkafka documents is known; what kadb does
 * not serve is an error that names the key, and so is any other key.
 */
public final class GpkafkaJob {
  private GpkafkaJob() {}

  /**
   * Reads a file, whose warnings nobody hears.
   *
   * @throws KadbException as {@link #read(Path, Consumer)}
   */
  public static LoadJob read(Path file) {
    return read(file, warning -> {});
  }

  /**
   * Reads a file.
   *
   * @param warnings takes what is worth saying, such as keys without effect, each with file and
   *     line
   * @throws KadbException if the file cannot be read, is no YAML, or holds anything that is wrong
   *     or not served: all of it in one exception, each with file and line
   */
  public static LoadJob read(Path file, Consumer<String> warnings) {
    Report report = new Report(file.toString());
    Optional<LoadJob> job =
        yaml(file, report)
            .flatMap(node -> Block.ofFile(node, report))
            .flatMap(block -> new JobReader(block, file).job());
    report.finish(warnings);
    return job.orElseThrow();
  }

  private static Optional<Node> yaml(Path file, Report report) {
    // Keys that are no words get an error of ours, with their line.
    LoadSettings settings =
        LoadSettings.builder().setLabel(file.toString()).setAllowNonScalarKeys(true).build();
    try {
      Optional<Node> node = new Compose(settings).composeString(Files.readString(file));
      if (node.isEmpty()) {
        report.problem(1, "the file is empty");
      }
      return node;
    } catch (CharacterCodingException e) {
      throw unreadable(file, "it is not UTF-8", e);
    } catch (IOException e) {
      throw unreadable(file, e.getClass().getSimpleName(), e);
    } catch (MarkedYamlEngineException e) {
      // Not its message, which quotes the line: a password may stand there.
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      report.problem(line, "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      report.problem(1, "not YAML");
    }
    return Optional.empty();
  }

  private static KadbException unreadable(Path file, String why, Exception cause) {
    return new KadbException(
        ErrorCode.INVALID_DEFINITION, "cannot read the job file " + file + ": " + why, cause);
  }
}
