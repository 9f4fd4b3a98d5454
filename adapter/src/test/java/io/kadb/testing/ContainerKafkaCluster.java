package io.kadb.testing;

import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A cluster of one broker in a container. A container that comes back gets another port, so it can
 * only serve as the shared cluster, which nobody breaks.
 */
final class ContainerKafkaCluster implements KafkaCluster {
  private static final DockerImageName IMAGE = DockerImageName.parse("apache/kafka:4.3.1");

  private final KafkaContainer container;
  private final TestClients clients;

  ContainerKafkaCluster() {
    container = new KafkaContainer(IMAGE);
    try {
      container.start();
    } catch (RuntimeException e) {
      container.close();
      throw e;
    }
    clients = new TestClients(clientProperties());
  }

  @Override
  public String bootstrapServers() {
    return container.getBootstrapServers();
  }

  @Override
  public TestClients clients() {
    return clients;
  }

  @Override
  public void close() {
    clients.close();
    container.close();
  }
}
