package io.kadb.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A server: a Kafka cluster under a name, with options that its tables share.
 *
 * @param name the name, in the case it was given after folding
 * @param type what CREATE SERVER said after TYPE
 * @param version what CREATE SERVER said after VERSION
 * @param options the options as written, in their order; may hold secrets
 */
public record ServerDefinition(
    String name, Optional<String> type, Optional<String> version, Map<String, String> options) {
  public ServerDefinition {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** Returns this server with other options. */
  public ServerDefinition withOptions(Map<String, String> newOptions) {
    return new ServerDefinition(name, type, version, newOptions);
  }

  /** Names the server and no more: options may hold secrets. */
  @Override
  public String toString() {
    return "server " + name;
  }
}
