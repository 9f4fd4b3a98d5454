package io.kadb.option;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Translates client properties, whose references are already resolved, into those of the Java
 * client.
 */
final class ClientTranslation {
  private static final String NO_LIMIT = "-1";

  private final Map<String, Given> given;

  /** Takes properties by the names that {@link ClientProperty} gives them. */
  ClientTranslation(Map<String, Given> given) {
    this.given = given;
  }

  /** Returns the properties of the Java client. */
  ClientProperties translate() {
    Map<String, String> values = new HashMap<>();
    given.forEach(
        (name, value) ->
            ClientPropertyList.find(name)
                .filter(property -> property.rule() == ClientProperty.Rule.PASSED)
                .ifPresent(property -> values.put(name, javaValue(property, value.value()))));
    new TlsSettings(given).addTo(values);
    new SaslSettings(given).addTo(values);
    return new ClientProperties(values);
  }

  /** Translates values that mean something else to librdkafka, or that Kafka writes in one way. */
  private static String javaValue(ClientProperty property, String value) {
    if (property.valueType() instanceof ValueType.Bool) {
      return Boolean.toString(ValueType.Bool.isTrue(value));
    }
    return switch (property.name()) {
      case "bootstrap.servers" -> BrokerList.withPorts(value);
      case "security.protocol", "sasl.mechanism" -> value.toUpperCase(Locale.ROOT);
      case "isolation.level" -> value.toLowerCase(Locale.ROOT);
      case "ssl.endpoint.identification.algorithm" ->
          value.equalsIgnoreCase("none") ? "" : value.toLowerCase(Locale.ROOT);
      case "send.buffer.bytes", "receive.buffer.bytes", "connections.max.idle.ms" ->
          value.equals("0") ? NO_LIMIT : value;
      case "metadata.max.age.ms" ->
          value.equals(NO_LIMIT) ? Integer.toString(Integer.MAX_VALUE) : value;
      default -> value;
    };
  }
}
