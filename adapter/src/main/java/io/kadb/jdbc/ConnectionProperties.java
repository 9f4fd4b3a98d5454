package io.kadb.jdbc;

import io.kadb.option.Level;
import io.kadb.option.Option;
import io.kadb.option.References;
import io.kadb.scan.ScanMode;
import io.kadb.sql.SessionConfig;
import io.kadb.store.StoreLocation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a connection is opened with.
 *
 * @param session what the engine needs
 * @param user the user's name, if one was given
 * @param queryTimeout the time limit that statements begin with; zero for none
 * @param fetchSize the fetch size that statements begin with
 * @param unknown the names of properties that mean nothing to kadb
 */
record ConnectionProperties(
    SessionConfig session,
    Optional<String> user,
    Duration queryTimeout,
    int fetchSize,
    List<String> unknown) {
  ConnectionProperties {
    unknown = List.copyOf(unknown);
  }

  /**
   * Reads and checks properties.
   *
   * @param given the properties by name
   * @param environment gives system properties and environment variables by name, or null
   */
  static ConnectionProperties of(
      Map<String, String> given, Function<String, @Nullable String> environment) {
    Map<ConnectionProperty, String> known = new EnumMap<>(ConnectionProperty.class);
    Map<String, String> defaults = new LinkedHashMap<>();
    TreeSet<String> unknown = new TreeSet<>();
    given.forEach(
        (name, value) -> {
          Optional<ConnectionProperty> property = ConnectionProperty.named(name);
          if (property.isPresent()) {
            property.get().check(value);
            known.put(property.get(), value);
          } else if (isOption(name, value)) {
            defaults.put(name, value);
          } else {
            unknown.add(name);
          }
        });
    Values values = new Values(known);
    values
        .text(ConnectionProperty.SEGMENTS)
        .ifPresent(segments -> defaults.put(Option.SEGMENTS.optionName(), segments));
    SessionConfig session =
        new SessionConfig(
            store(values, environment),
            values.text(ConnectionProperty.SCHEMA).orElse("public"),
            values.text(ConnectionProperty.SCAN_MODE).flatMap(ScanMode::of),
            values.isTrue(ConnectionProperty.READ_ONLY),
            values.text(ConnectionProperty.BROKERS),
            defaults);
    return new ConnectionProperties(
        session,
        values.text(ConnectionProperty.USER),
        Duration.ofSeconds(values.number(ConnectionProperty.QUERY_TIMEOUT)),
        values.number(ConnectionProperty.FETCH_SIZE),
        List.copyOf(unknown));
  }

  /** Returns the properties of a URL and those given besides it; the URL's win. */
  static Map<String, String> merge(String url, Properties besides) {
    Map<String, String> merged = new LinkedHashMap<>();
    besides.stringPropertyNames().forEach(name -> merged.put(name, besides.getProperty(name)));
    besides.forEach(
        (name, value) -> {
          if (name instanceof String key && !(value instanceof String)) {
            merged.put(key, String.valueOf(value));
          }
        });
    ConnectionUrl.properties(url)
        .forEach(
            (name, value) -> {
              merged.keySet().removeIf(known -> sameProperty(known, name));
              merged.put(name, value);
            });
    return merged;
  }

  private static boolean sameProperty(String one, String other) {
    return one.equals(other)
        || (one.equalsIgnoreCase(other) && ConnectionProperty.named(one).isPresent());
  }

  /** Checks a value if the name is an option's; client properties are the engine's to check. */
  private static boolean isOption(String name, String value) {
    if (name.startsWith("#")) {
      return true;
    }
    Optional<Option> option =
        Option.named(name).filter(found -> found.levels().contains(Level.CONNECTION));
    boolean reference = value.contains("${");
    if (option.isPresent() && !reference && !option.get().valueType().accepts(value)) {
      throw ConnectionProperty.badValue(
          name, value, option.get().secret(), option.get().valueType());
    }
    return option.isPresent();
  }

  private static StoreLocation store(
      Values values, Function<String, @Nullable String> environment) {
    String url =
        values
            .text(ConnectionProperty.STORE)
            .orElseGet(() -> "jdbc:sqlite:" + home(values, environment).resolve("kadb.db"));
    return new StoreLocation(
        url,
        values.text(ConnectionProperty.STORE_USER),
        values
            .text(ConnectionProperty.STORE_PASSWORD)
            .map(text -> References.resolved("storePassword", text)));
  }

  private static Path home(Values values, Function<String, @Nullable String> environment) {
    return values
        .text(ConnectionProperty.HOME)
        .or(() -> Optional.ofNullable(environment.apply("kadb.home")))
        .or(() -> Optional.ofNullable(environment.apply("KADB_HOME")))
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".kadb"))
        .toAbsolutePath();
  }

  /** Shows nothing that was given: options may hold secrets. */
  @Override
  public String toString() {
    return "connection properties for " + session.store();
  }

  /** The values given for known properties; all of them passed their check. */
  private record Values(Map<ConnectionProperty, String> known) {
    Optional<String> text(ConnectionProperty property) {
      return Optional.ofNullable(known.get(property));
    }

    int number(ConnectionProperty property) {
      return text(property).map(Integer::parseInt).orElse(0);
    }

    boolean isTrue(ConnectionProperty property) {
      return text(property)
          .filter(value -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("on"))
          .isPresent();
    }
  }
}
