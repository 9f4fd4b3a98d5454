package io.kadb.testing;

import io.kadb.broker.BrokerSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/**
 * In which form the shared cluster runs: {@code -Dkadb.test.kafka=child}, {@code container}, or
 * {@code auto}, the default: a container where a Docker daemon answers. Own clusters are children.
 */
enum KafkaForm {
  CHILD,
  CONTAINER,
  /** A container if it starts, else a child: not every daemon gets at the image. */
  CONTAINER_OR_CHILD;

  static final String PROPERTY = "kadb.test.kafka";

  static KafkaCluster startShared() {
    return new SharedKafkaCluster(
        choose(System.getProperty(PROPERTY), KafkaForm::dockerAnswers).start());
  }

  static KafkaForm choose(@Nullable String told, BooleanSupplier dockerAnswers) {
    return switch (told == null ? "auto" : told) {
      case "child" -> CHILD;
      case "container" -> CONTAINER;
      case "auto" -> dockerAnswers.getAsBoolean() ? CONTAINER_OR_CHILD : CHILD;
      default ->
          throw new IllegalArgumentException(
              "-D" + PROPERTY + ": found " + told + ", wanted child, container or auto");
    };
  }

  private KafkaCluster start() {
    return switch (this) {
      case CHILD -> new ChildKafkaCluster(BrokerSpec.small());
      case CONTAINER -> new ContainerKafkaCluster();
      case CONTAINER_OR_CHILD -> {
        try {
          yield new ContainerKafkaCluster();
        } catch (RuntimeException e) {
          LoggerFactory.getLogger(KafkaForm.class)
              .warn("no Kafka container, a child process takes its place: {}", e.toString());
          yield new ChildKafkaCluster(BrokerSpec.small());
        }
      }
    };
  }

  /** Testcontainers is only asked where there may be a daemon: it prints a stack trace else. */
  private static boolean dockerAnswers() {
    boolean worthAsking =
        System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
    return worthAsking && DockerClientFactory.instance().isDockerAvailable();
  }
}
