package io.kadb.option;

import io.kadb.option.ClientProperty.Rule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The properties of the Kafka client that kadb knows, under librdkafka's names and the Java
 * client's. Read once from two lists beside this class.
 */
final class ClientPropertyList {
  private static final String JAVA_LIST = "java-client-properties.txt";
  private static final String RULES = "property-rules.txt";
  private static final String CALLBACK_SUFFIX = "_cb";
  private static final ValueType ANY = new ValueType.Text(0);
  private static final ValueType NUMBER =
      new ValueType.Matching(
          Pattern.compile("[+-]?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"), "a number");

  /** Properties whose values kadb knows more closely than the client's list says. */
  private static final Map<String, ValueType> CLOSER_TYPES =
      Map.of(
          "bootstrap.servers", Option.BROKERS.valueType(),
          "security.protocol", Option.SECURITY_PROTOCOL.valueType(),
          "isolation.level", new ValueType.Choice(List.of("read_committed", "read_uncommitted")));

  private static final Map<String, ClientProperty> BY_NAME = load();

  private ClientPropertyList() {}

  /** Returns what is known of a property, by its name without {@code #}. */
  static Optional<ClientProperty> find(String name) {
    if (name.endsWith(CALLBACK_SUFFIX)) {
      return Optional.of(
          new ClientProperty(
              name, Rule.FORBIDDEN, ANY, false, Optional.of("no code may be put into the client")));
    }
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** Returns all names known, without {@code #}. */
  static Set<String> names() {
    return BY_NAME.keySet();
  }

  private static Map<String, ClientProperty> load() {
    Map<String, ClientProperty> known = new HashMap<>();
    for (String line : lines(JAVA_LIST)) {
      String[] words = line.split(" ");
      known.put(words[0], javaProperty(words[0], words[1]));
    }
    for (String line : lines(RULES)) {
      String[] words = line.split(" ", 3);
      known.put(words[0], ruled(words[0], words[1], words.length > 2 ? words[2] : "", known));
    }
    return Map.copyOf(known);
  }

  private static ClientProperty javaProperty(String name, String type) {
    boolean secret = type.equals("password");
    return new ClientProperty(name, Rule.PASSED, valueType(name, type), secret, Optional.empty());
  }

  private static ClientProperty ruled(
      String name, String rule, String rest, Map<String, ClientProperty> known) {
    ClientProperty listed = known.get(name);
    ValueType type = listed == null ? ANY : listed.valueType();
    return switch (rule) {
      case "java" -> known.get(rest);
      case "security", "secret" ->
          new ClientProperty(name, Rule.SECURITY, type, rule.equals("secret"), Optional.empty());
      case "group" -> new ClientProperty(name, Rule.GROUP, type, false, Optional.empty());
      case "unused" ->
          new ClientProperty(
              name, Rule.UNUSED, type, Redaction.looksSecret(name), Optional.of(rest));
      case "forbidden" -> new ClientProperty(name, Rule.FORBIDDEN, ANY, false, Optional.of(rest));
      default -> throw new IllegalStateException("no such rule: " + rule);
    };
  }

  private static ValueType valueType(String name, String type) {
    ValueType closer = CLOSER_TYPES.get(name);
    if (closer != null) {
      return closer;
    }
    return switch (type) {
      case "boolean" -> new ValueType.Bool();
      case "short" -> new ValueType.Range(Short.MIN_VALUE, Short.MAX_VALUE);
      case "int" -> new ValueType.Range(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "long" -> new ValueType.Range(Long.MIN_VALUE, Long.MAX_VALUE);
      case "double" -> NUMBER;
      default -> ANY;
    };
  }

  private static List<String> lines(String resource) {
    try (InputStream in = ClientPropertyList.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + resource);
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
