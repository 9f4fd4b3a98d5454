package io.kadb.option;

import java.util.Optional;

/**
 * What kadb knows of one property of the Kafka client, as an option {@code "#name"} may give it.
 *
 * @param name the name it is known by after translation: the Java client's where there is one
 * @param rule what becomes of it
 * @param valueType what values it takes
 * @param secret whether the value must never be shown
 * @param reason why it is refused or has no effect
 */
record ClientProperty(
    String name, Rule rule, ValueType valueType, boolean secret, Optional<String> reason) {

  /** Returns whether the property has a part in what the client gets. */
  boolean reachesClient() {
    return rule == Rule.PASSED || rule == Rule.SECURITY;
  }

  /** What becomes of a property. */
  enum Rule {
    /** It is given to the client. */
    PASSED,
    /** The SASL and TLS settings are put together from it. */
    SECURITY,
    /** It is the consumer group, which reading clients do not get. */
    GROUP,
    /** It has no effect: a warning where it is defined. */
    UNUSED,
    /** It is refused. */
    FORBIDDEN
  }
}
