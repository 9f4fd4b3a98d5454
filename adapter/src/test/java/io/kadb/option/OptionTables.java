package io.kadb.option;

import io.kadb.option.ClientProperty.Rule;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of the page on options, as they follow from the lists in the code. */
final class OptionTables {
  private OptionTables() {}

  /** Returns the tables by the names of their markers. */
  static Map<String, String> all() {
    Map<String, String> tables = new LinkedHashMap<>();
    tables.put("options", options(option -> !option.levels().contains(Level.COLUMN)));
    tables.put("column options", options(option -> option.levels().contains(Level.COLUMN)));
    tables.put("translated properties", translated());
    tables.put("forbidden properties", forbidden());
    return tables;
  }

  private static String options(Predicate<Option> which) {
    return table(
        List.of("option", "value", "default", "meaning"),
        Arrays.stream(Option.values()).filter(which).map(OptionTables::row));
  }

  private static List<String> row(Option option) {
    String fallback =
        option.required()
            ? "**required**"
            : option.defaultInWords().map(OptionTables::defaultCell).orElse("–");
    return List.of(code(option.optionName()), value(option), fallback, meaning(option));
  }

  private static String defaultCell(String text) {
    return text.isEmpty() ? "empty" : text.contains(" ") ? text : code(text);
  }

  private static String value(Option option) {
    ValueType type = option.valueType();
    if (type instanceof ValueType.Choice choice) {
      return choice.words().stream().map(OptionTables::code).collect(Collectors.joining(" "));
    } else if (type instanceof ValueType.Range range) {
      return "integer ≥ " + range.min();
    } else if (type instanceof ValueType.Matching matching) {
      return matching.wanted();
    }
    return type.label();
  }

  private static String meaning(Option option) {
    StringBuilder text = new StringBuilder(option.description());
    option
        .property()
        .ifPresent(name -> text.append(" Stands for ").append(code("#" + name)).append('.'));
    option
        .aliases()
        .forEach(
            alias ->
                text.append(option.isDeprecated(alias) ? " Old name, with a warning: " : " Also: ")
                    .append(code(alias))
                    .append('.'));
    if (option.secret()) {
      text.append(" Never shown.");
    }
    return text.toString();
  }

  private static String translated() {
    return table(
        List.of("librdkafka's name", "Java client's name"),
        properties((name, property) -> !name.equals(property.name()))
            .map(e -> List.of(code(e.getKey()), code(e.getValue().name()))));
  }

  private static String forbidden() {
    Stream<List<String>> listed =
        properties((name, property) -> property.rule() == Rule.FORBIDDEN)
            .map(e -> List.of(code(e.getKey()), e.getValue().reason().orElse("")));
    String callbacks = ClientPropertyList.find("any_cb").orElseThrow().reason().orElse("");
    return table(
        List.of("property", "reason"),
        Stream.concat(listed, Stream.of(List.of("any name that ends in `_cb`", callbacks))));
  }

  private interface Chosen {
    boolean test(String name, ClientProperty property);
  }

  private static Stream<Map.Entry<String, ClientProperty>> properties(Chosen chosen) {
    return ClientPropertyList.names().stream()
        .map(name -> Map.entry(name, ClientPropertyList.find(name).orElseThrow()))
        .filter(e -> chosen.test(e.getKey(), e.getValue()))
        .sorted(Comparator.comparing(Map.Entry::getKey));
  }

  private static String table(List<String> head, Stream<List<String>> rows) {
    return Stream.concat(
            Stream.of(line(head), "|" + "---|".repeat(head.size())), rows.map(OptionTables::line))
        .collect(Collectors.joining("\n"));
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
