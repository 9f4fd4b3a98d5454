package io.kadb.testing;

/** A cluster that many test classes use: it serves them and lets nobody break it. */
final class SharedKafkaCluster implements KafkaCluster {
  private final KafkaCluster cluster;

  SharedKafkaCluster(KafkaCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public String bootstrapServers() {
    return cluster.bootstrapServers();
  }

  @Override
  public TestClients clients() {
    return cluster.clients();
  }

  @Override
  public void close() {
    cluster.close();
  }
}
