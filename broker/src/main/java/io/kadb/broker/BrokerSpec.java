package io.kadb.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What a broker shall be like: settings that differ from those of a small broker for tests.
 *
 * <p>A broker has the listeners {@code CLIENT} (the one tests and demo connect to), {@code
 * INTERNAL} and {@code CONTROLLER}. With a proxied port it has a fourth one, {@code PROXIED}, that
 * tells its clients to come through that port: whoever asks there for the brokers is sent there
 * again.
 *
 * @param serverProperties broker settings by their Kafka name; they win over the small broker's
 * @param jvmOptions options of the child JVM; they come after the small broker's and so win
 * @param startDeadline how long a start may take
 * @param proxiedPort the port at which somebody forwards to the listener {@code PROXIED}
 * @param security what the listener {@code CLIENT} asks of its clients
 */
public record BrokerSpec(
    Map<String, String> serverProperties,
    List<String> jvmOptions,
    Duration startDeadline,
    OptionalInt proxiedPort,
    ListenerSecurity security) {

  public BrokerSpec {
    serverProperties = Map.copyOf(serverProperties);
    jvmOptions = List.copyOf(jvmOptions);
    Objects.requireNonNull(proxiedPort);
    Objects.requireNonNull(security);
    if (startDeadline.isNegative() || startDeadline.isZero()) {
      throw new IllegalArgumentException(
          "startDeadline: found " + startDeadline + ", wanted more than 0");
    }
  }

  /** A plain broker in a small heap, one partition and one replica for Kafka's own topics. */
  public static BrokerSpec small() {
    return new BrokerSpec(
        Map.of(), List.of(), Duration.ofSeconds(60), OptionalInt.empty(), ListenerSecurity.none());
  }

  /** This broker with one more server property, for example {@code log.retention.ms}. */
  public BrokerSpec with(String property, String value) {
    Map<String, String> more = new LinkedHashMap<>(serverProperties);
    more.put(property, value);
    return new BrokerSpec(more, jvmOptions, startDeadline, proxiedPort, security);
  }

  /** This broker with one more option of its JVM, for example {@code -Xmx1g}. */
  public BrokerSpec withJvmOption(String option) {
    List<String> more = new ArrayList<>(jvmOptions);
    more.add(option);
    return new BrokerSpec(serverProperties, more, startDeadline, proxiedPort, security);
  }

  /** This broker with another deadline for each start. */
  public BrokerSpec withStartDeadline(Duration deadline) {
    return new BrokerSpec(serverProperties, jvmOptions, deadline, proxiedPort, security);
  }

  /** This broker with a listener whose clients come through the given port of 127.0.0.1. */
  public BrokerSpec withProxiedPort(int port) {
    return new BrokerSpec(
        serverProperties, jvmOptions, startDeadline, OptionalInt.of(port), security);
  }

  /** This broker with a listener {@code CLIENT} that asks this of its clients. */
  public BrokerSpec withSecurity(ListenerSecurity wanted) {
    return new BrokerSpec(serverProperties, jvmOptions, startDeadline, proxiedPort, wanted);
  }
}
