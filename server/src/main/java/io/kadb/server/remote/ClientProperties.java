package io.kadb.server.remote;

import io.kadb.option.Level;
import io.kadb.option.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The properties that a client opens its connection with. Only what a remote user may say reaches
 * the driver: nothing of where the store is, and no property of a Kafka client, some of which name
 * classes to be loaded.
 *
 * @param dialect how the client wants its values
 * @param taken what the driver gets
 * @param refused the names of properties that it does not get
 */
record ClientProperties(Dialect dialect, Map<String, String> taken, List<String> refused) {
  /** What kadb's own driver says of itself. */
  private static final String CLIENT = "kadb.client";

  private static final String THIN = "thin/";

  private static final Set<String> ALLOWED =
      Set.of("schema", "scanmode", "segments", "readonly", "querytimeout", "fetchsize");

  private static final Set<String> USER = Set.of("user", "password");

  ClientProperties {
    taken = Map.copyOf(taken);
    refused = List.copyOf(refused);
  }

  /** Reads what a client sent. */
  static ClientProperties of(@Nullable Map<String, String> given) {
    Map<String, String> sent = given == null ? Map.of() : given;
    boolean thin = sent.getOrDefault(CLIENT, "").startsWith(THIN);
    Map<String, String> taken = new LinkedHashMap<>();
    List<String> refused = new ArrayList<>();
    sent.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (value != null && (ALLOWED.contains(lower) || isOption(name))) {
            taken.put(name, value);
          } else if (thin && !name.equals(CLIENT) && !USER.contains(lower)) {
            refused.add(name);
          }
        });
    return new ClientProperties(thin ? Dialect.THIN : Dialect.STOCK, taken, refused);
  }

  private static boolean isOption(String name) {
    return Option.named(name)
        .filter(option -> option.levels().contains(Level.CONNECTION))
        .isPresent();
  }

  /** Returns the number that a property has, or 0. */
  int number(String wanted) {
    return taken.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(wanted))
        .map(entry -> Integer.parseInt(entry.getValue()))
        .findFirst()
        .orElse(0);
  }
}
