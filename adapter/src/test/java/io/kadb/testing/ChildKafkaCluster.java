package io.kadb.testing;

import io.kadb.broker.BrokerProcess;
import io.kadb.broker.BrokerSpec;
import io.kadb.broker.ListenerSecurity;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/** A cluster of one broker in a child JVM: starts in two seconds and takes every blow. */
final class ChildKafkaCluster implements KafkaCluster {
  private final TcpProxy proxy;
  private final BrokerProcess broker;
  private final TestClients clients;

  /** Whether nobody needs a login or a certificate at the front door. */
  private final boolean open;

  ChildKafkaCluster(BrokerSpec spec) {
    open = spec.security().equals(ListenerSecurity.none());
    proxy = new TcpProxy();
    try {
      broker = BrokerProcess.start(spec.withProxiedPort(proxy.port()));
    } catch (RuntimeException e) {
      proxy.close();
      throw e;
    }
    proxy.forwardTo("127.0.0.1", broker.proxiedPort());
    clients = new TestClients(clientProperties());
  }

  @Override
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  @Override
  public Map<String, Object> clientProperties() {
    String entrance = open ? bootstrapServers() : proxiedBootstrapServers();
    return Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, entrance);
  }

  @Override
  public TestClients clients() {
    return clients;
  }

  @Override
  public void kill() {
    broker.kill();
  }

  @Override
  public void stop() {
    broker.stop();
  }

  @Override
  public void start() {
    broker.start();
  }

  @Override
  public void pause() {
    broker.pause();
  }

  @Override
  public void resume() {
    broker.resume();
  }

  @Override
  public TcpProxy proxy() {
    return proxy;
  }

  @Override
  public String proxiedBootstrapServers() {
    return "127.0.0.1:" + proxy.port();
  }

  @Override
  public void close() {
    clients.close();
    broker.close();
    proxy.close();
  }
}
