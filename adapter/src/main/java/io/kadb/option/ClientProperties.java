package io.kadb.option;

import java.util.Map;
import java.util.TreeMap;

/**
 * Properties for a Kafka client, under the Java client's names. They hold secrets in the clear, so
 * only the client gets them; equal properties may share a client.
 *
 * @param values the properties; {@code bootstrap.servers} is among them, the consumer group and
 *     what kadb itself always sets are not
 */
public record ClientProperties(Map<String, String> values) {
  public ClientProperties {
    values = Map.copyOf(values);
  }

  /** Shows the properties with secrets masked. */
  @Override
  public String toString() {
    Map<String, String> shown = new TreeMap<>();
    values.forEach(
        (name, value) ->
            shown.put(name, Redaction.isSecretProperty(name) ? Redaction.MASK : value));
    return "ClientProperties" + shown;
  }
}
