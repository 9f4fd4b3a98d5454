package io.kadb.option;

import io.kadb.error.KadbException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The ways to log in by SASL that are known, and what tells of others. */
final class SaslMechanisms {
  private static final List<String> KNOWN =
      List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "GSSAPI", "OAUTHBEARER");
  private static final String PROPERTY = "sasl.mechanism";

  /** What whoever brings a mechanism of his own has to give for it. */
  private static final Set<String> OWN_LOGIN =
      Set.of(
          "sasl.jaas.config",
          "sasl.login.class",
          "sasl.login.callback.handler.class",
          "sasl.client.callback.handler.class");

  private SaslMechanisms() {}

  /** Returns whether an option is the property that names the mechanism. */
  static boolean isMechanism(String option) {
    return option.startsWith("#")
        && ClientPropertyList.find(option.substring(1))
            .filter(property -> property.name().equals(PROPERTY))
            .isPresent();
  }

  /** Returns whether an option belongs to a login of the user's own. */
  static boolean isOwnLogin(String option) {
    return option.startsWith("#") && isOwnLoginProperty(option.substring(1));
  }

  /** Returns whether a client property belongs to a login of the user's own. */
  static boolean isOwnLoginProperty(String property) {
    return OWN_LOGIN.contains(property);
  }

  static boolean isKnown(String mechanism) {
    return KNOWN.contains(mechanism.toUpperCase(Locale.ROOT));
  }

  /** Returns what is wrong with a mechanism that is not known. */
  static String unknown(String mechanism) {
    return KadbException.shown(mechanism) + " is not one of " + String.join(", ", KNOWN);
  }
}
