package io.kadb.option;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lists of brokers as options write them: {@code host[:port],…}, with port 9092 where none is. */
final class BrokerList {
  private static final String PORT =
      "(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";
  private static final String BROKER =
      "\\s*(?:(?i:plaintext|ssl|sasl_plaintext|sasl_ssl)://)?(?:\\[[0-9A-Fa-f:.%]+]|[^\\s,:\\[\\]/]+)(?::"
          + PORT
          + ")?\\s*";

  /** What the whole list must match. */
  static final Pattern FORM = Pattern.compile(BROKER + "(?:," + BROKER + ")*");

  private static final Pattern ENDS_WITH_PORT = Pattern.compile(".*[^:]:[0-9]+|\\[.*]:[0-9]+");
  private static final String DEFAULT_PORT = ":9092";

  private BrokerList() {}

  /** Returns a list that matches {@link #FORM} with a port for every broker and without blanks. */
  static String withPorts(String brokers) {
    return Arrays.stream(brokers.split(","))
        .map(String::strip)
        .map(broker -> broker.substring(broker.indexOf("://") < 0 ? 0 : broker.indexOf("://") + 3))
        .map(broker -> hasPort(broker) ? broker : broker + DEFAULT_PORT)
        .collect(Collectors.joining(","));
  }

  private static boolean hasPort(String broker) {
    return !broker.endsWith("]") && ENDS_WITH_PORT.matcher(broker).matches();
  }
}
